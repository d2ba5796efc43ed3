import { expect, test } from 'vitest'
import { dashed } from './dashes.ts'

type Place = [number, number]
/** On the equator a degree is a degree either way. */
const straight: Place[] = [
  [0, 0],
  [4, 0],
  [10, 0],
]
const spans = (pieces: Place[][]) =>
  pieces.map((piece) => [piece[0]![0], piece.at(-1)![0]].map((at) => Number(at.toFixed(6))))

test('pieces follow the pattern from end to end, round the corners', () => {
  expect(spans(dashed(straight, [2, 2]))).toEqual([
    [0, 2],
    [4, 6],
    [8, 10],
  ])
  const cornered = dashed(straight, [6, 1, 1, 1])
  // a piece that passes a corner of the line keeps it
  expect(cornered[0]).toContainEqual([4, 0])
})

test('a pattern may have a length of nothing', () => {
  const dots = spans(dashed(straight, [2, 1, 0, 1])).filter(([from, to]) => from === to)
  expect(dots.length).toBe(2)
})

test('what is too short for the pattern is drawn whole, and a point not at all', () => {
  expect(dashed(straight, [20, 5])).toEqual([straight])
  expect(dashed([[1, 1]], [1, 1])).toEqual([])
})
