import { expect, test } from 'vitest'
import { fitting } from './fitting.ts'

test('panels that would be cut off are left out, from the last on', () => {
  expect(fitting([100, 100, 100], 1, 10, 320)).toBe(3)
  expect(fitting([100, 100, 100], 1, 10, 319)).toBe(2)
  expect(fitting([100, 400, 10], 1, 10, 300)).toBe(1)
  expect(fitting([], 1, 10, 300)).toBe(0)
})

test('side by side they go by the taller of each row', () => {
  expect(fitting([100, 150, 100, 20], 2, 10, 260)).toBe(4)
  expect(fitting([100, 150, 100, 20], 2, 10, 259)).toBe(2)
})
