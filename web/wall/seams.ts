import { noSeams, type Seams } from '#web/kit/seams.ts'

/** What lies within this of the picture's lost pixels is too near to read, px to each side. */
const besidePx = 6

/**
 * `1920,3840` names vertical seams by their place, px, `1920,3840/1080` horizontal ones too; `4x2` is a wall of so many
 * screens across and down; `4x2:20` has bezels that hide so many px. All of it in the pixels of the screen, of which
 * `perCssPx` make one of the page's.
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
  const placesIn = (list: string, lengthPx: number) =>
    list
      .split(',')
      .filter((each) => /^\d+$/.test(each))
      .map((each) => Number(each) / perCssPx)
      .filter((place) => place > 0 && place < lengthPx)
      .toSorted((a, b) => a - b)
  const [across = '', down = ''] = shape.split('/')
  const [xs, ys] = [placesIn(across, size.widthPx), placesIn(down, size.heightPx)]
  return xs.length + ys.length > 0 ? { xs, ys, widePx } : noSeams
}

/** A column: how far it stands off what is before it, and how wide it is, px. */
export interface Track {
  beforePx: number
  widthPx: number
}

/** How much wider a column may become than it wished, of its width. */
const mostWider = 0.6

/**
 * Columns from an edge inwards, of wished widths, kept off the seams: one that a seam would cut ends before it where
 * at least `leastPx` is left, else it begins after it, and the one before it takes of what is left there. What stands
 * before a column is its gutter, the margin for the first.
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
  const tracks: Track[] = []
  for (const [index, widthPx] of wishedPx.entries()) {
    const gapPx = index === 0 ? marginPx : gutterPx
    let fromPx = endPx + gapPx
    // a seam in the gap, or just at the beginning of the column, moves it on
    for (const seam of seams)
      if (seam + halfPx > fromPx && seam - halfPx < fromPx + leastPx) {
        const before = tracks.at(-1)
        const sparePx = Math.floor(seam - halfPx - endPx)
        if (before && sparePx > 0) {
          const widerPx = Math.min(sparePx, Math.round(mostWider * wishedPx[index - 1]!))
          before.widthPx += widerPx
          endPx += widerPx
        }
        fromPx = seam + halfPx
      }
    const cut = seams.find(
      (seam) =>
        seam + halfPx > fromPx && seam - halfPx >= fromPx && seam - halfPx < fromPx + widthPx,
    )
    const untilPx = cut === undefined ? fromPx + widthPx : cut - halfPx
    const track = { beforePx: Math.round(fromPx - endPx), widthPx: Math.floor(untilPx - fromPx) }
    endPx += track.beforePx + track.widthPx
    tracks.push(track)
  }
  return tracks
}
