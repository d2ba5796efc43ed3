import { expect, it } from 'vitest'
import { patternsOf, voiceOf } from './cell-patterns.ts'
import { readCellShapes } from './cell-shapes.ts'
import type { Status } from './grid-cells.codes.ts'

/** Squares of a tenth of a degree side by side. */
const shapes = readCellShapes({
  quantumDegrees: 0.1,
  origin: [100, 20],
  cells: Array.from({ length: 500 }, (_, n) => ({
    code: `532801001-${String(n + 1).padStart(3, '0')}`,
    parts: [[[n, 0, 1, 0, 0, 1, -1, 0]]],
  })),
})
const emDegrees = 0.2
const inkOf = (status: Status, voice: number) => [
  status === 'overdue' ? 1 : 2,
  0,
  0,
  Math.round(100 * voice),
]
const patternsWhere = (overdue: number) =>
  patternsOf(
    shapes,
    shapes.map((_, n) => (n < overdue ? 'overdue' : n === 499 ? 'unknown' : 'normal')),
    emDegrees,
    inkOf,
  )
const inksOf = ({ length, attributes: { getColor } }: ReturnType<typeof patternsWhere>) =>
  Array.from({ length }, (_, n) => getColor.value.subarray(4 * n, 4 * n + 4).join(' '))

it('speaks low where hatched cells are many and small, and up where they are few or near', () => {
  expect([voiceOf(1, 0.3), voiceOf(40, 0.3)]).toEqual([1, 1])
  expect(voiceOf(400, 0.3)).toBeLessThan(0.5)
  expect(voiceOf(3000, 0.3)).toBeLessThan(0.5)
  expect(voiceOf(3000, 2)).toBe(1)
  const voices = [40, 80, 160, 320].map((count) => voiceOf(count, 0.1))
  expect(voices).toEqual(voices.toSorted((a, b) => b - a))
})

it('draws few with their edge, and a crowd in fewer lines each and without it', () => {
  const [few, many] = [patternsWhere(10), patternsWhere(450)]
  expect((few.length - 2) / 10).toBeGreaterThanOrEqual(4 + 2)
  expect((many.length - 2) / 450).toBeLessThan(4)
  // but never none: the status has a pattern in any crowd
  expect((many.length - 2) / 450).toBeGreaterThanOrEqual(1)
})

it('gives each line the ink of its cell, and nothing to what is normal', () => {
  const { length, attributes } = patternsWhere(1)
  const inks = inksOf(patternsWhere(1))
  expect(inks.slice(0, -2)).toEqual(Array(length - 2).fill('1 0 0 100'))
  expect(inks.slice(-2)).toEqual(Array(2).fill('2 0 0 100'))
  const places = Array.from(attributes.getSourcePosition.value).filter((_, n) => n % 2 === 0)
  // the first cell and the last, and none between
  expect(places.every((lon) => lon <= 100.2 || lon >= 149.8)).toBe(true)
})

it('draws a cell anew when its status, the size of a word or the crowd has changed', () => {
  const before = patternsWhere(10)
  expect(patternsWhere(10)).toEqual(before)
  expect(patternsWhere(0).length).toBe(2)
  expect(patternsWhere(10)).toEqual(before)
  const larger = patternsOf(shapes, Array<Status>(500).fill('overdue'), emDegrees / 20, inkOf)
  expect(larger.length / 500).toBeGreaterThan(4 + 10)
})
