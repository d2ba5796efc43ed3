import { describe, expect, test } from 'vitest'
import { likelyViewing, typeScale } from '#web/kit/type-scale.ts'
import { wallGeometry } from './geometry.ts'

const langs = ['zh', 'en'] as const
const sizes = [
  [1920, 1080],
  [3840, 1080],
  [3840, 2160],
  [5760, 2160],
  [7680, 2160],
  [4608, 1728],
] as const

describe.each(langs)('in %s', (lang) => {
  test.each(sizes)(
    '%i × %i leaves the map at least a quarter of the width',
    (widthPx, heightPx) => {
      const scale = typeScale(likelyViewing(widthPx, heightPx))
      const { format, leftPx, innerPx, rightPx, marginPx, gutterPx } = wallGeometry(
        widthPx,
        heightPx,
        scale,
        lang,
      )
      expect(format).not.toBe('portrait')
      const inner = format === 'wide' ? 2 * (innerPx + gutterPx) : 0
      const mapPx = widthPx - leftPx - rightPx - inner - 2 * (marginPx + gutterPx)
      expect(mapPx).toBeGreaterThan(widthPx / 4)
    },
  )
})

test('a screen on its side is a portrait', () => {
  const scale = typeScale(likelyViewing(1080, 1920))
  expect(wallGeometry(1080, 1920, scale, 'zh').format).toBe('portrait')
})

test.each([
  [1920, 1080, 'compact'],
  [3840, 2160, 'compact'],
  [3840, 1080, 'wide'],
  [7680, 2160, 'wide'],
  [1080, 1920, 'portrait'],
] as const)('%i × %i is %s', (widthPx, heightPx, format) => {
  const scale = typeScale(likelyViewing(widthPx, heightPx))
  for (const lang of langs) expect(wallGeometry(widthPx, heightPx, scale, lang).format).toBe(format)
})
