import { expect, test } from 'vitest'
import { clockMsAt, hasten, storyMsAt } from './haste.ts'
import { createStory, type Line } from './story.ts'

const bornMs = Date.UTC(2026, 10, 22, 6)
const haste = { fromMs: bornMs, speed: 20 }
const line = (n: number, at: number): Line => ({
  id: `line-${n}`,
  type: 'patrol.departed',
  at,
  source: 'mock-patrol',
  body: { unit: 'A', dueAt: at + 40_000 },
})
/** One a second, for ten minutes before and an hour after. */
const story = createStory((day) =>
  day === Math.floor(bornMs / 86_400_000)
    ? [Array.from({ length: 4200 }, (_, n) => line(n, bornMs - 600_000 + n * 1000))]
    : [],
)
const fast = hasten(story, haste)

test('as often as it is fast, each dated when it happens, with all that it says of time', () => {
  const lines = fast.between(bornMs, bornMs + 10_000)
  expect(lines.length).toBe(200)
  expect(lines.map(({ at }) => at)).toEqual(lines.map((_, n) => bornMs + 50 * (n + 1)))
  expect(lines[0]!.body).toEqual({ unit: 'A', dueAt: bornMs + 50 + 2000 })
})

test('windows that follow each other tell every line once', () => {
  const windows = Array.from({ length: 97 }, (_, n) =>
    fast.between(bornMs + n * 1013, bornMs + (n + 1) * 1013),
  )
  const ids = windows.flat().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBe(Math.floor((97 * 1013) / 50))
})

test('the past is as it was; what it says of the future is as near as the future has become', () => {
  const past = (of: typeof story) => of.wholeSince(bornMs - 60_000, bornMs)
  expect(past(fast).map(({ id, at }) => [id, at])).toEqual(
    past(story).map(({ id, at }) => [id, at]),
  )
  expect(past(fast).at(-1)!.body.dueAt).toBe(bornMs + 2000)
  expect(past(fast)[0]!.body.dueAt).toBe(bornMs - 560_000)
})

test('there and back', () => {
  for (const ms of [bornMs - 5000, bornMs, bornMs + 1234])
    expect(clockMsAt(haste, storyMsAt(haste, ms))).toBe(ms)
})
