import { type Seams, stripsOf } from '#web/kit/seams.ts'
import type { Track } from './seams.ts'

/** Tiles beside each other, kept off the seams: as many stand before each as its width bears. */
export const ledeTracks = (
  count: number,
  leftPx: number,
  widthPx: number,
  gutterPx: number,
  { xs, widePx }: Seams,
): Track[] => {
  const endPx = leftPx + widthPx
  const within = stripsOf(xs, widePx).filter(({ fromPx, toPx }) => toPx > leftPx && fromPx < endPx)
  const starts = [leftPx, ...within.map(({ toPx }) => toPx)]
  const ends = [...within.map(({ fromPx }) => fromPx), endPx]
  const rooms = starts.map((startPx, index) => {
    const roomPx = ends[index]! - startPx
    return { startPx, tileOf: (tiles: number) => (roomPx - (tiles - 1) * gutterPx) / tiles }
  })
  const tiles = rooms.map(() => 0)
  for (let tile = 0; tile < count; tile++) {
    const next = rooms.map(({ tileOf }, index) => tileOf(tiles[index]! + 1))
    const widest = next.indexOf(Math.max(...next))
    tiles[widest] = tiles[widest]! + 1
  }
  let atPx = leftPx - gutterPx
  return rooms.flatMap(({ startPx, tileOf }, index) =>
    Array.from({ length: tiles[index]! }, (_, n) => {
      const tilePx = tileOf(tiles[index]!)
      const fromPx = startPx + n * (tilePx + gutterPx)
      const track = { beforePx: fromPx - atPx - gutterPx, widthPx: tilePx }
      atPx = fromPx + tilePx
      return track
    }),
  )
}
