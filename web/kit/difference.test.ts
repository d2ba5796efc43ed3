import { expect, test } from 'vitest'
import { differenceText } from './difference.ts'

test.each([
  [209, 199, '+5%'],
  [92, 100, '\u22128%'],
  [1001, 1000, '0%'],
  [0, 4, '\u2212100%'],
  [90_000, 1, '>10×'],
  [null, 4, null],
  [4, null, null],
  [4, 0, null],
] as const)('%s against %s is %s', (is, usual, text) => {
  expect(differenceText(is, usual)).toBe(text)
})
