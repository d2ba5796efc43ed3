import { describe, expect, test } from 'vitest'
import { dayMs, dayOf, hourMs, startOfDayMs } from './clock.ts'
import { createStory, joinStories, type Line, type Thread } from './story.ts'

const line = (incident: string, type: string, at: number): Line => {
  const id = `${incident}:${type}`
  return { id, type: `incident.${type}`, at, source: 'mock-110', body: { incident } }
}

/** One thing a day: it begins at noon and ends 30 hours later. */
const tellDay = (day: number): Thread[] => {
  const noonMs = startOfDayMs(day) + 12 * hourMs
  return [[line(`${day}`, 'reported', noonMs), line(`${day}`, 'closed', noonMs + 30 * hourMs)]]
}
const today = dayOf(Date.UTC(2026, 5, 1))
const noonMs = startOfDayMs(today) + 12 * hourMs
const ids = (lines: Line[]) => lines.map(({ id }) => id)

describe('a story', () => {
  test('tells what happened between two moments, in order, the later one included', () => {
    const story = createStory(tellDay)
    expect(ids(story.between(noonMs - 1, noonMs))).toEqual([`${today}:reported`])
    expect(ids(story.between(noonMs, noonMs + dayMs))).toEqual([
      `${today - 1}:closed`,
      `${today + 1}:reported`,
    ])
  })

  test('put together from pieces is the same as told at once', () => {
    const story = createStory(tellDay)
    const pieces = Array.from({ length: 100 }, (_, i) =>
      story.between(noonMs + i * hourMs, noonMs + (i + 1) * hourMs),
    )
    expect(pieces.flat()).toEqual(createStory(tellDay).between(noonMs, noonMs + 100 * hourMs))
  })

  test('tells what was not over by then from its beginning', () => {
    const told = createStory(tellDay).wholeSince(noonMs - hourMs, noonMs + hourMs)
    expect(ids(told)).toEqual([`${today - 1}:reported`, `${today}:reported`])
  })

  test('forgets nothing over a long time', () => {
    const story = createStory(tellDay)
    story.between(noonMs, noonMs + 60 * dayMs)
    expect(ids(story.between(noonMs - 1, noonMs))).toEqual([`${today}:reported`])
  })

  test('joined with another is told in order of time', () => {
    const later = (day: number): Thread[] =>
      tellDay(day).map((thread) =>
        thread.map((one) => ({ ...one, id: `other-${one.id}`, at: one.at + hourMs })),
      )
    const joined = joinStories(createStory(tellDay), createStory(later))
    const expected = [`${today}:reported`, `other-${today}:reported`, `${today - 1}:closed`]
    expect(ids(joined.between(noonMs - 1, noonMs + 6 * hourMs))).toEqual(expected)
    expect(ids(joined.wholeSince(noonMs + hourMs, noonMs + hourMs))).toEqual([
      `${today - 1}:reported`,
      `other-${today - 1}:reported`,
      `${today}:reported`,
      `other-${today}:reported`,
    ])
  })
})
