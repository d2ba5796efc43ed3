/** How many panels, from the first on, fit whole into a column of so many side by side. */
export const fitting = (
  heightsPx: readonly number[],
  columns: number,
  gapPx: number,
  roomPx: number,
): number => {
  let usedPx = 0
  for (let first = 0; first < heightsPx.length; first += columns) {
    usedPx += Math.max(...heightsPx.slice(first, first + columns)) + (first > 0 ? gapPx : 0)
    // half a pixel is rounding
    if (usedPx > roomPx + 0.5) return first
  }
  return heightsPx.length
}
