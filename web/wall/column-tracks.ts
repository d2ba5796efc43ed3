import type { Seams } from '#web/kit/seams.ts'
import type { TypeScale } from '#web/kit/type-scale.ts'
import { type Geometry, innerColumns } from './geometry.ts'
import { clearTracks } from './seams.ts'

const leftNames = ['left', 'second', 'third'] as const
const rightNames = ['right', 'fifth', 'fourth'] as const
/** A column narrower than this breaks its lines, in sizes of a word. */
const leastEm = 17

/**
 * How wide the tracks of the wall's columns are, px, each with what its column stands off its outer side to keep clear
 * of seams: `left` and `left-off`, and so on.
 */
export const columnTracks = (
  { format, marginPx, gutterPx, leftPx, innerPx, rightPx }: Geometry,
  wallPx: number,
  { wordPx }: TypeScale,
  { xs, widePx }: Seams,
): Record<string, number> => {
  const inner = innerColumns[format]
  const side = (names: readonly string[], outerPx: number, count: number, seams: number[]) => {
    const wishedPx = [outerPx, ...Array.from({ length: count }, () => innerPx)]
    const tracks = clearTracks(wishedPx, leastEm * wordPx, marginPx, gutterPx, seams, widePx)
    return tracks.flatMap(({ beforePx, widthPx }, index): [string, number][] => {
      const offPx = beforePx - (index === 0 ? marginPx : gutterPx)
      const name = names[index]!
      return [
        [name, widthPx + offPx],
        [`${name}-off`, offPx],
      ]
    })
  }
  const mirrored = xs.map((x) => wallPx - x).sort((a, b) => a - b)
  return Object.fromEntries([
    ...side(leftNames, leftPx, inner.left, [...xs]),
    ...side(rightNames, rightPx, inner.right, mirrored),
  ])
}
