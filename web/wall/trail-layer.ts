import type { Layer } from '@deck.gl/core'
import { LineLayer } from '@deck.gl/layers'
import { markColours, rgba } from '#web/kit/map/map-colours.ts'
import { type Glide, trailPlaces } from './unit-glide.ts'

const [red, green, blue] = rgba(markColours.force)
const colour = [red, green, blue] as const
const strongest = 150

/** Where units came from, as a short line that fades. */
export const trailLayer = (glide: Glide, labelPx: number): Layer | null => {
  const ends: number[] = []
  const colours: number[] = []
  glide.trails((_, from, to, age) => {
    ends.push(...from, ...to)
    colours.push(...colour, Math.round(strongest * (1 - age / trailPlaces)))
  })
  if (colours.length === 0) return null
  const value = new Float32Array(ends)
  return new LineLayer({
    id: 'unit-trails',
    data: {
      length: colours.length / 4,
      attributes: {
        getSourcePosition: { value, size: 2, stride: 16, offset: 0 },
        getTargetPosition: { value, size: 2, stride: 16, offset: 8 },
        getColor: { value: new Uint8Array(colours), size: 4 },
      },
    },
    getWidth: labelPx / 12,
    widthUnits: 'pixels',
    updateTriggers: { getWidth: labelPx },
  })
}
