import { expect, test } from 'vitest'
import { fitList } from './fit-list.ts'

test.each([
  [3, 90, { rows: 3, more: 0 }],
  [4, 90, { rows: 2, more: 2 }],
  [4, 20, { rows: 0, more: 4 }],
  [0, 0, { rows: 0, more: 0 }],
])('%i rows of 30 px in %i px', (count, heightPx, expected) => {
  expect(fitList(count, heightPx, 30, 20)).toEqual(expected)
})
