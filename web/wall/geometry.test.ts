import { describe, expect, test } from 'vitest'
import { innerColumns, mostBandPx, wallGeometry } from './geometry.ts'
import type { Format } from './scenes/scene.ts'
import { wallScale } from './wall-scale.ts'

const langs = ['zh', 'en'] as const
const ratios = [1, 1.25, 1.5]
const sizes: readonly (readonly [number, number, Format, Format])[] = [
  [1920, 1080, 'compact', 'compact'],
  [3840, 1080, 'wide', 'wide'],
  [3840, 2160, 'compact', 'compact'],
  [5760, 1080, 'vast', 'vast'],
  [7680, 2160, 'vast', 'wide'],
  [4608, 1728, 'wide', 'wide'],
  [6656, 1792, 'wide', 'wide'],
  [1080, 1920, 'portrait', 'portrait'],
]

const geometryOf = (widthPx: number, heightPx: number, ratio: number, lang: 'zh' | 'en') => {
  const size = { widthPx: widthPx / ratio, heightPx: heightPx / ratio }
  const scale = wallScale(size, ratio, {})
  return { scale, ...wallGeometry(size.widthPx, size.heightPx, scale, lang) }
}

describe.each(langs)('in %s', (lang) => {
  describe.each(ratios)('at scale %s', (ratio) => {
    test.each(sizes)('%i × %i', (widthPx, heightPx, zh, en) => {
      const geometry = geometryOf(widthPx, heightPx, ratio, lang)
      const { format, leftPx, innerPx, rightPx, marginPx, gutterPx, scale } = geometry
      const { headPx, footPx, alarmPx } = geometry
      expect(format).toBe(lang === 'zh' ? zh : en)
      const highPx = heightPx / ratio - headPx - footPx - alarmPx
      expect(highPx, 'room for the queue').toBeGreaterThan(8 * scale.valuePx)
      if (format === 'portrait') {
        const wallPx = heightPx / ratio
        for (const tilesPx of [0, 2.2 * geometry.ledePx]) {
          const bandPx = mostBandPx(geometry, wallPx, tilesPx)
          const mapPx = highPx - tilesPx - geometry.queuePx - bandPx
          expect(mapPx, `the map under tiles of ${tilesPx}`).toBeGreaterThanOrEqual(0.2 * wallPx)
          expect(bandPx / scale.wordPx, 'a panel below it').toBeGreaterThan(tilesPx > 0 ? 7 : 24)
        }
        return
      }
      const { left, right } = innerColumns[format]
      const columnsPx = leftPx + rightPx + (left + right) * innerPx
      const gapsPx = 2 * marginPx + (2 + left + right) * gutterPx
      const mapPx = widthPx / ratio - columnsPx - gapsPx
      // the prefecture is about as high as wide: on a low wall it needs no more than its height
      const enoughPx = Math.min(widthPx / 4, 1.25 * heightPx) / ratio
      expect(mapPx, 'the map').toBeGreaterThan(enoughPx)
      for (const columnPx of [leftPx, rightPx]) {
        expect(columnPx / scale.wordPx).toBeGreaterThanOrEqual(17.9)
        expect(columnPx / scale.wordPx).toBeLessThanOrEqual(38.1)
      }
    })
  })
})
