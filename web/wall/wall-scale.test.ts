import { expect, test } from 'vitest'
import { likelyViewing, typeScale } from '#web/kit/type-scale.ts'
import { wallScale } from './wall-scale.ts'
import { wallSizes } from './wall-sizes.fixture.ts'

test.each(wallSizes)('on %i × %i every seat reads every word', (widthPx, heightPx) => {
  const { readableMm, ...scale } = wallScale({ widthPx, heightPx }, 1, {})
  expect(scale).toEqual(typeScale(likelyViewing(widthPx, heightPx)))
  expect(readableMm).toBe(null)
})

test('a small screen is a large one from nearer: as many words, in the same proportions', () => {
  const large = wallScale({ widthPx: 1920, heightPx: 1080 }, 1, {})
  const small = wallScale({ widthPx: 1280, heightPx: 720 }, 1, {})
  const of = ({ wordPx, valuePx, keyPx, heroPx }: typeof large) => [wordPx, valuePx, keyPx, heroPx]
  for (const [n, px] of of(small).entries())
    expect(Math.abs(px - (of(large)[n]! * 2) / 3)).toBeLessThan(1.1)
  expect(small.readableMm).toBe(null)
})

test('a seat that is too far for the pixels is told how far words are read', () => {
  const asked = { viewerMm: 8000, pitchMm: 0.63 }
  const { wordPx, readableMm } = wallScale({ widthPx: 1920, heightPx: 1080 }, 1, asked)
  expect(wordPx).toBeGreaterThan(26)
  expect(wordPx).toBeLessThanOrEqual(1920 / 70)
  expect(readableMm).toBeGreaterThan(2500)
  expect(readableMm).toBeLessThan(3000)
})

test.each([
  [1, 1],
  [320, 240],
  [60, 2000],
])('%i × %i has some size', (widthPx, heightPx) => {
  const { wordPx } = wallScale({ widthPx, heightPx }, 1, {})
  expect(wordPx).toBeGreaterThanOrEqual(1)
})
