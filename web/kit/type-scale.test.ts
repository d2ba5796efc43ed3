import { describe, expect, test } from 'vitest'
import { glyphPx, likelyViewing, typeScale } from './type-scale.ts'

// 16′, 20′ and 30′, px rounded up, of the published table of glyph heights
test.each([
  [1.25, 6000, 23, 28, 42],
  [1.25, 12_000, 45, 56, 84],
  [1.5, 8000, 25, 32, 47],
  [1.8, 8000, 21, 26, 39],
  [1.8, 10_000, 26, 33, 49],
  [2.5, 6000, 12, 14, 21],
  [0.63, 10_000, 74, 93, 139],
  [0.316, 6000, 89, 111, 166],
])('pitch %d mm, seat %i mm away: %i / %i / %i px', (pitchMm, viewerMm, floor, body, key) => {
  const viewing = { viewerMm, pitchMm }
  expect([16, 20, 30].map((minutes) => Math.ceil(glyphPx(viewing, minutes)))).toEqual([
    floor,
    body,
    key,
  ])
})

describe('sizes', () => {
  const seats = [2500, 4000, 6000, 8000, 10_000, 12_000, 15_000]
  const pitches = [0.316, 0.63, 1.25, 1.5, 1.8, 2.5]
  const walls = seats.flatMap((viewerMm) => pitches.map((pitchMm) => ({ viewerMm, pitchMm })))

  test.each(walls)('can be read from the last seat: %j', (viewing) => {
    const { wordPx, valuePx, keyPx } = typeScale(viewing)
    expect(wordPx * 0.9).toBeGreaterThanOrEqual(Math.max(24, glyphPx(viewing, 20)))
    expect(wordPx * 0.7).toBeGreaterThanOrEqual(glyphPx(viewing, 16))
    expect(valuePx * 0.7).toBeGreaterThanOrEqual(glyphPx(viewing, 20))
    expect(keyPx * 0.7).toBeGreaterThanOrEqual(glyphPx(viewing, 30))
  })
})

test.each([
  [1920, 1080, 2500, 0.63],
  [1080, 1920, 2500, 0.63],
  [3840, 2160, 2500, 0.315],
  [3840, 1080, 8000, 1.8],
  [7680, 2160, 8000, 1.25],
])('%i × %i is likely seen from %i mm at %d mm', (widthPx, heightPx, viewerMm, pitchMm) => {
  expect(likelyViewing(widthPx, heightPx)).toEqual({ viewerMm, pitchMm })
})
