import { clearStart, type Seams, stripsOf } from '#web/kit/seams.ts'

interface Sides {
  left: number
  right: number
  top: number
  bottom: number
}

/**
 * Where a callout stands beside a spot on the map, px: to its right, or to its left where there is no room; inside of
 * the map's own room, and cut by no seam where that can be.
 */
export const placeCallout = (
  [xPx, yPx]: readonly [number, number],
  size: { widthPx: number; heightPx: number },
  gapPx: number,
  map: { widthPx: number; heightPx: number },
  insetPx: Sides,
  { xs, ys, widePx }: Seams,
): { leftPx: number; topPx: number } => {
  const within = (
    least: number,
    wished: number,
    most: number,
    lengthPx: number,
    seams: readonly number[],
  ) => {
    const inside = Math.max(least, Math.min(wished, most))
    return Math.round(clearStart(inside, lengthPx, stripsOf(seams, widePx), least, most))
  }
  const right = map.widthPx - insetPx.right - size.widthPx
  const bottom = map.heightPx - insetPx.bottom - size.heightPx
  const isLeft = xPx + gapPx > right
  const left = isLeft ? xPx - gapPx - size.widthPx : xPx + gapPx
  return {
    leftPx: within(insetPx.left, left, right, size.widthPx, xs),
    topPx: within(insetPx.top, yPx - size.heightPx / 2, bottom, size.heightPx, ys),
  }
}
