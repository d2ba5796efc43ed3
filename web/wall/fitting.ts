import { cutBy, type Strip } from '#web/kit/seams.ts'

/** How panels stand in a column. */
export interface Fit {
  /** so many, from the first on, stand whole */
  shown: number
  /** of each of these: how far it is moved down to begin after a seam, px */
  offsPx: readonly number[]
}

/** A panel that a seam would cut goes down to the other side of it, if it is no higher than what is there. */
const startAfter = (
  startPx: number,
  heightPx: number,
  roomPx: number,
  strips: readonly Strip[],
): number => {
  const starts = [startPx, ...strips.map(({ toPx }) => toPx).filter((toPx) => toPx > startPx)]
  const whole = starts.find((at) => !cutBy(at, heightPx, strips) && at + heightPx <= roomPx + 0.5)
  return whole ?? startPx
}

/** How many panels, from the first on, fit whole into a column of so many side by side, kept off the seams. */
export const fitting = (
  heightsPx: readonly number[],
  columns: number,
  gapPx: number,
  roomPx: number,
  strips: readonly Strip[] = [],
): Fit => {
  let usedPx = 0
  const offsPx: number[] = []
  for (let first = 0; first < heightsPx.length; first += columns) {
    const row = heightsPx.slice(first, first + columns)
    const wishedPx = usedPx + (first > 0 ? gapPx : 0)
    const startPx = startAfter(wishedPx, Math.max(...row), roomPx, strips)
    usedPx = startPx + Math.max(...row)
    // half a pixel is rounding
    if (usedPx > roomPx + 0.5) return { shown: first, offsPx }
    offsPx.push(...row.map(() => Math.ceil(startPx - wishedPx)))
  }
  return { shown: heightsPx.length, offsPx }
}
