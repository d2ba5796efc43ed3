import { describe, expect, test } from 'vitest'
import { noSeams } from '#web/kit/seams.ts'
import { columnTracks } from './column-tracks.ts'
import { innerColumns, wallGeometry } from './geometry.ts'
import { readSeams } from './seams.ts'
import { wallScale } from './wall-scale.ts'

const walls = [
  [3840, 1080, '2x1:12'],
  [5760, 1080, '3x1:12'],
  [7680, 2160, '4x2:20'],
  [7680, 2160, '8x2:20'],
  [4608, 1728, '3x2'],
  [6656, 1792, '1664,3328,4992'],
] as const

describe.each(['zh', 'en'] as const)('in %s', (lang) => {
  test.each(walls)('%i × %i of %s: no column lies on a seam (H16)', (widthPx, heightPx, text) => {
    const size = { widthPx, heightPx }
    const scale = wallScale(size, 1, {})
    const geometry = wallGeometry(widthPx, heightPx, scale, lang)
    const seams = readSeams(text, size)
    expect(seams.xs.length).toBeGreaterThan(0)
    const { marginPx, gutterPx, format } = geometry
    const inner = innerColumns[format]

    const crossings = (tracks: Record<string, number>) => {
      const boxes: [number, number][] = []
      const side = (names: readonly string[], place: (fromPx: number, toPx: number) => void) => {
        let atPx = 0
        for (const [index, name] of names.entries()) {
          atPx += (index === 0 ? marginPx : gutterPx) + tracks[`${name}-off`]!
          const widthPx = tracks[name]! - tracks[`${name}-off`]!
          expect(widthPx).toBeGreaterThanOrEqual(16.9 * scale.wordPx)
          place(atPx, atPx + widthPx)
          atPx += widthPx
        }
        return atPx
      }
      const leftPx = side(['left', 'second', 'third'].slice(0, 1 + inner.left), (from, to) =>
        boxes.push([from, to]),
      )
      const rightPx = side(['right', 'fifth', 'fourth'].slice(0, 1 + inner.right), (from, to) =>
        boxes.push([widthPx - to, widthPx - from]),
      )
      expect(widthPx - leftPx - rightPx, 'the map').toBeGreaterThan(widthPx / 6)
      return boxes.filter(([from, to]) =>
        seams.xs.some((x) => from < x + seams.widePx / 2 - 1 && to > x - seams.widePx / 2 + 1),
      )
    }
    expect(crossings(columnTracks(geometry, widthPx, scale, seams))).toEqual([])
    // or the test would not see one
    if (text.startsWith('8x'))
      expect(crossings(columnTracks(geometry, widthPx, scale, noSeams))).not.toEqual([])
  })
})
