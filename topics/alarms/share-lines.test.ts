import { expect, it } from 'vitest'
import { shareLines } from './share-lines.ts'

it('gives each alarm a line, and the first ones a second while there is room', () => {
  expect(shareLines(2, 5)).toEqual([2, 2])
  expect(shareLines(3, 4)).toEqual([2, 1, 1])
  expect(shareLines(4, 4)).toEqual([1, 1, 1, 1])
})

it('shows no more than there is room for', () => {
  expect(shareLines(9, 4)).toEqual([1, 1, 1, 1])
  expect(shareLines(3, 0)).toEqual([])
  expect(shareLines(3, -1)).toEqual([])
  expect(shareLines(0, 4)).toEqual([])
})
