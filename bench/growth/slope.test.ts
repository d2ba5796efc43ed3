import { expect, test } from 'vitest'
import { slopeOf } from './slope.ts'

const sizes = [10, 200, 1000]

test.each([
  ['what costs the same', () => 7, 0],
  ['what is linear', (size: number) => 0.3 * size, 1],
  ['what is quadratic', (size: number) => 5 * size ** 2, 2],
])('gives the power of %s', (_, costOf, power) => {
  expect(slopeOf(sizes.map((size) => ({ size, cost: costOf(size) })))).toBeCloseTo(power, 9)
})
