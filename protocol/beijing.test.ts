import { expect, it } from 'vitest'
import { dayMs, hourMs, hourOf, midnightOf, minuteMs, toHour, toMinute, weekMs } from './beijing.ts'

const evening = Date.UTC(2026, 10, 22, 14, 41, 7, 250)
const iso = (at: number) => new Date(at).toISOString()

it('begins the day at midnight in Beijing, eight hours before London does', () => {
  const midnight = midnightOf(evening)
  expect(iso(midnight)).toBe('2026-11-21T16:00:00.000Z')
  expect(midnightOf(midnight)).toBe(midnight)
  expect(midnightOf(midnight - 1)).toBe(midnight - dayMs)
  expect(midnightOf(midnight + dayMs - 1)).toBe(midnight)
})

it('has no summer time: a July day is as long and begins at the same hour', () => {
  expect(iso(midnightOf(Date.UTC(2026, 6, 1, 3)))).toBe('2026-06-30T16:00:00.000Z')
})

it('cuts to the minute and the hour', () => {
  expect(iso(toMinute(evening))).toBe('2026-11-22T14:41:00.000Z')
  expect(iso(toHour(evening))).toBe('2026-11-22T14:00:00.000Z')
  expect([toMinute(toMinute(evening)), toHour(toHour(evening))]).toEqual([
    toMinute(evening),
    toHour(evening),
  ])
})

it('tells the hour of the day', () => {
  expect(hourOf(evening)).toBe(22)
  expect(hourOf(midnightOf(evening))).toBe(0)
  expect(hourOf(midnightOf(evening) - 1)).toBe(23)
})

it('counts a week in minutes', () => {
  expect(weekMs / minuteMs).toBe(7 * 24 * 60)
  expect(dayMs / hourMs).toBe(24)
})
