/** Where the screens of a wall are joined, px from its left edge and from its top, and how wide nothing may be read there. */
export interface Seams {
  xs: readonly number[]
  ys: readonly number[]
  widePx: number
}

export const noSeams: Seams = { xs: [], ys: [], widePx: 0 }

/** What lies within this of the picture's lost pixels is too near to read, px to each side. */
const besidePx = 6

/**
 * `1920,3840` names vertical seams by their place, px; `4x2` a wall of so many screens across and down; `4x2:20` with
 * bezels that hide so many px. All of it in the pixels of the screen, of which `perCssPx` make one of the page's.
 */
export const readSeams = (
  text: string | null,
  size: { widthPx: number; heightPx: number },
  perCssPx = 1,
): Seams => {
  const [shape = '', bezel = '0'] = (text ?? '').split(':')
  const widePx = Math.max(0, Number(bezel) || 0) / perCssPx + 2 * besidePx
  const grid = /^([1-9]\d?)x([1-9]\d?)$/.exec(shape)
  const inner = (lengthPx: number, count: number) =>
    Array.from({ length: count - 1 }, (_, n) => ((n + 1) * lengthPx) / count)
  if (grid)
    return {
      xs: inner(size.widthPx, Number(grid[1])),
      ys: inner(size.heightPx, Number(grid[2])),
      widePx,
    }
  const xs = shape
    .split(',')
    .filter((each) => /^\d+$/.test(each))
    .map((each) => Number(each) / perCssPx)
    .filter((x) => x > 0 && x < size.widthPx)
  return xs.length > 0 ? { xs: xs.sort((a, b) => a - b), ys: [], widePx } : noSeams
}

/** A column: how far it stands off what is before it, and how wide it is, px. */
export interface Track {
  beforePx: number
  widthPx: number
}

/**
 * Columns from an edge inwards, of wished widths, kept off the seams: one that a seam would cut ends before it where
 * at least `leastPx` is left, else it begins after it. What stands before a column is its gutter, the margin for the first.
 */
export const clearTracks = (
  wishedPx: readonly number[],
  leastPx: number,
  marginPx: number,
  gutterPx: number,
  seams: readonly number[],
  widePx: number,
): Track[] => {
  const halfPx = widePx / 2
  let endPx = 0
  return wishedPx.map((widthPx, index) => {
    const gapPx = index === 0 ? marginPx : gutterPx
    let fromPx = endPx + gapPx
    // a seam in the gap, or just at the beginning of the column, moves it on
    for (const seam of seams)
      if (seam + halfPx > fromPx && seam - halfPx < fromPx + leastPx) fromPx = seam + halfPx
    const cut = seams.find(
      (seam) =>
        seam + halfPx > fromPx && seam - halfPx >= fromPx && seam - halfPx < fromPx + widthPx,
    )
    const untilPx = cut === undefined ? fromPx + widthPx : cut - halfPx
    const track = { beforePx: Math.round(fromPx - endPx), widthPx: Math.floor(untilPx - fromPx) }
    endPx += track.beforePx + track.widthPx
    return track
  })
}
