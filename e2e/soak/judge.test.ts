import { expect, test } from 'vitest'
import { growthOf, judge, slopeOf } from './judge.ts'

const atMs = Array.from({ length: 15 }, (_, n) => n * 10_000)
const of = (value: (n: number) => number) => ({ atMs, values: atMs.map((_, n) => value(n)) })
const noise = (n: number) => Math.abs((Math.sin(n) * 43_758.5453) % 1)

test('a line has its slope, and so has one with three samples out of line', () => {
  expect(slopeOf(of((n) => 100 + 2 * n))).toBeCloseTo(2 / 10_000)
  expect(growthOf(of((n) => 100 + 2 * n + (n % 5 === 1 ? 900 : 0)))).toBeCloseTo(28)
})

test('noise alone is no growth; a leak under the same noise is', () => {
  const bound = { share: 0.1, plus: 0 }
  expect(
    judge(
      of((n) => 100 + 8 * noise(n)),
      bound,
    ).isKept,
  ).toBe(true)
  expect(
    judge(
      of((n) => 100 + 8 * noise(n) + 1.5 * n),
      bound,
    ).isKept,
  ).toBe(false)
})
