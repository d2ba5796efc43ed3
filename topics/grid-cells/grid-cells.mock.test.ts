import { expect, test } from 'vitest'
import { dayMs, hourOf } from '#mock/clock.ts'
import { createRandom } from '#mock/random.ts'
import { kinds, rankOf } from './grid-cells.codes.ts'
import { dutyOf, tellMatter } from './grid-cells.mock.ts'

const foundMs = Date.UTC(2026, 10, 22, 4)
const many = Array.from({ length: 3000 }, (_, seed) => tellMatter(createRandom(seed), foundMs))
const shareOf = (matches: (one: (typeof many)[number]) => boolean) =>
  many.filter(matches).length / many.length

test('the same seed tells the same', () => {
  expect(tellMatter(createRandom(7), foundMs)).toEqual(many[7])
})

test('a matter is closed in its cell or moved up, and leaves it once', () => {
  for (const { steps, isClosed, leftMs } of many) {
    expect(isClosed).toBe(steps.length === 0)
    expect(leftMs).toBeGreaterThanOrEqual(foundMs)
    expect(leftMs - foundMs).toBeLessThan(4 * dayMs)
    if (steps[0]) expect(leftMs).toBe(steps[0].atMs)
    for (const [index, { atMs, from, to }] of steps.entries()) {
      expect([rankOf(from), rankOf(to)]).toEqual([index, index + 1])
      expect(atMs).toBeGreaterThanOrEqual(steps[index - 1]?.atMs ?? foundMs)
    }
  }
})

test('most are settled where they are, a few too late', () => {
  expect(shareOf(({ isClosed }) => isClosed)).toBeGreaterThan(0.75)
  expect(shareOf(({ isClosed }) => isClosed)).toBeLessThan(0.9)
  const late = shareOf(({ leftMs, dueMs }) => leftMs > dueMs)
  expect(late).toBeGreaterThan(0.01)
  expect(late).toBeLessThan(0.08)
  expect(new Set(many.map(({ kind }) => kind))).toEqual(new Set(kinds))
})

test('what would be closed at night is closed in the morning, as a rule', () => {
  const closedAt = (hour: number) =>
    many.filter(({ isClosed, leftMs }) => isClosed && hourOf(leftMs) === hour).length
  expect(closedAt(8)).toBeGreaterThan(3 * (closedAt(2) + 1))
})

test('by night somebody is on duty in fewer cells, above all in the villages', () => {
  const staffed = (isUrban: boolean, isNight: boolean) =>
    Array.from({ length: 1000 }, (_, seed) => dutyOf(createRandom(seed), isUrban, isNight)).filter(
      (count) => count > 0,
    ).length
  expect(staffed(true, false)).toBeGreaterThan(staffed(true, true))
  expect(staffed(true, true)).toBeGreaterThan(staffed(false, true) + 200)
})
