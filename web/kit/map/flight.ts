import { type Camera, project, unproject } from './fit.ts'

/** How long the map flies from one view to another, ms. */
export const flightMs = 1100

const eased = (share: number) => (share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2)

/**
 * The way from one camera to another; `share` of it from 0 to 1. The place that both views show at one spot of the screen
 * stays there, so that the eye can follow.
 */
export const flight = (from: Camera, to: Camera): ((share: number) => Camera) => {
  const [ax, ay] = project([from.longitude, from.latitude])
  const [bx, by] = project([to.longitude, to.latitude])
  const [wide, narrow] = [2 ** -from.zoom, 2 ** -to.zoom]
  return (share) => {
    if (share >= 1) return to
    const done = eased(Math.max(0, share))
    const zoom = from.zoom + done * (to.zoom - from.zoom)
    const turned = Math.abs(wide - narrow) < 1e-9 ? done : (wide - 2 ** -zoom) / (wide - narrow)
    const [longitude, latitude] = unproject([ax + turned * (bx - ax), ay + turned * (by - ay)])
    return { longitude, latitude, zoom }
  }
}
