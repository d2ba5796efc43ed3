import { clearStart, noSeams, type Seams, stripsOf } from './seams.ts'

/** A box on the screen, CSS px. */
export interface Area {
  leftPx: number
  topPx: number
  widthPx: number
  heightPx: number
}
type Spot = Pick<Area, 'leftPx' | 'topPx'>

const overlapPx = (one: Area, other: Area): number =>
  Math.max(
    0,
    Math.min(one.leftPx + one.widthPx, other.leftPx + other.widthPx) -
      Math.max(one.leftPx, other.leftPx),
  ) *
  Math.max(
    0,
    Math.min(one.topPx + one.heightPx, other.topPx + other.heightPx) -
      Math.max(one.topPx, other.topPx),
  )

const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(value, most))

/**
 * Where a card stands beside what it speaks of: below, above, right or left of it, wholly on the screen, and cut by no
 * seam where that can be. It covers neither that nor what is kept free; null: there is no such place.
 */
export const placeCard = (
  card: Pick<Area, 'widthPx' | 'heightPx'>,
  anchor: Area,
  screen: Pick<Area, 'widthPx' | 'heightPx'>,
  keptFree: readonly Area[],
  gapPx: number,
  { xs, ys, widePx }: Seams = noSeams,
): Spot | null => {
  const mostLeft = screen.widthPx - card.widthPx - gapPx
  const mostTop = screen.heightPx - card.heightPx - gapPx
  if (mostLeft < gapPx || mostTop < gapPx) return null
  const atLeft = clamp(anchor.leftPx, gapPx, mostLeft)
  const atTop = clamp(anchor.topPx, gapPx, mostTop)
  const below = anchor.topPx + anchor.heightPx + gapPx
  const above = anchor.topPx - card.heightPx - gapPx
  const right = anchor.leftPx + anchor.widthPx + gapPx
  const left = anchor.leftPx - card.widthPx - gapPx
  // beside what is kept free, where the nearer places would cover it
  const beside = keptFree.flatMap((area): Spot[] => [
    { leftPx: area.leftPx - card.widthPx - gapPx, topPx: atTop },
    { leftPx: area.leftPx + area.widthPx + gapPx, topPx: atTop },
    { leftPx: atLeft, topPx: area.topPx + area.heightPx + gapPx },
    { leftPx: atLeft, topPx: area.topPx - card.heightPx - gapPx },
  ])
  const corners = [gapPx, mostLeft].flatMap((leftPx) =>
    [gapPx, mostTop].map((topPx): Spot => ({ leftPx, topPx })),
  )
  const spots: Spot[] = [
    { leftPx: atLeft, topPx: below },
    { leftPx: atLeft, topPx: above },
    { leftPx: right, topPx: atTop },
    { leftPx: left, topPx: atTop },
    ...beside,
    ...corners,
  ]
  const whole = ({ leftPx, topPx }: Spot): Spot => ({
    leftPx: clearStart(leftPx, card.widthPx, stripsOf(xs, widePx), gapPx, mostLeft),
    topPx: clearStart(topPx, card.heightPx, stripsOf(ys, widePx), gapPx, mostTop),
  })
  const isOnScreen = ({ leftPx, topPx }: Spot) =>
    leftPx >= gapPx && leftPx <= mostLeft && topPx >= gapPx && topPx <= mostTop
  const covers = (spot: Spot, area: Area) => overlapPx({ ...card, ...spot }, area) > 0
  const isFree = (spot: Spot) =>
    isOnScreen(spot) && [anchor, ...keptFree].every((area) => !covers(spot, area))
  return spots.map(whole).find(isFree) ?? spots.find(isFree) ?? null
}
