import { roomsBetween, type Seams, stripsOf } from '#web/kit/seams.ts'
import type { Track } from './seams.ts'

/** Panels beside each other, kept off the seams: as many stand on each screen as its width bears. */
export const tracksAbreast = (
  count: number,
  leftPx: number,
  widthPx: number,
  gutterPx: number,
  { xs, widePx }: Seams,
): Track[] => {
  const rooms = roomsBetween(leftPx, leftPx + widthPx, stripsOf(xs, widePx)).map(
    ({ startPx, lengthPx }) => ({
      startPx,
      tileOf: (tiles: number) => (lengthPx - (tiles - 1) * gutterPx) / tiles,
    }),
  )
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
