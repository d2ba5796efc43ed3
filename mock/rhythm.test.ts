import { describe, expect, test } from 'vitest'
import { dayMs, dayOf, hourOf, stampOf, startOfDayMs, weekdayOf } from './clock.ts'
import { createRandom } from './random.ts'
import { arrivalsOf } from './rhythm.ts'

const firstDay = dayOf(Date.UTC(2026, 0, 5))
const days = Array.from({ length: 56 }, (_, index) => {
  const day = firstDay + index
  return { day, arrivals: arrivalsOf(createRandom(5).fork(day), day) }
})

test('a day begins at midnight in Beijing', () => {
  const before = Date.UTC(2026, 0, 31, 15, 59, 59, 999)
  expect(stampOf(dayOf(before))).toBe('20260131')
  expect(stampOf(dayOf(before + 1))).toBe('20260201')
  expect(hourOf(before)).toBe(23)
  expect(startOfDayMs(dayOf(before + 1))).toBe(before + 1)
  expect(weekdayOf(dayOf(Date.UTC(2026, 0, 4)))).toBe(0)
})

describe('calls', () => {
  test('come on their own day, in order', () => {
    for (const { day, arrivals } of days) {
      expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b))
      expect(arrivals[0]).toBeGreaterThanOrEqual(startOfDayMs(day))
      expect(arrivals.at(-1)).toBeLessThan(startOfDayMs(day) + dayMs)
    }
  })

  test('are many in the evening and few before dawn', () => {
    const perHour = Array.from({ length: 24 }, () => 0)
    for (const { arrivals } of days) for (const atMs of arrivals) perHour[hourOf(atMs)]! += 1
    expect(Math.min(...perHour.slice(19, 23))).toBeGreaterThan(4 * Math.max(...perHour.slice(3, 6)))
  })

  test('crowd into busy hours on some days', () => {
    const busiest = days.map(({ arrivals }) => {
      const perHour = Array.from({ length: 24 }, () => 0)
      for (const atMs of arrivals) perHour[hourOf(atMs)]! += 1
      return Math.max(...perHour)
    })
    expect(Math.max(...busiest)).toBeGreaterThan(1.5 * Math.min(...busiest))
  })
})
