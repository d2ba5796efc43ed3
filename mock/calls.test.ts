import { createHash } from 'node:crypto'
import gcoord from 'gcoord'
import { describe, expect, test } from 'vitest'
import type { EventDefinitions } from '#protocol/definition.ts'
import { incidentEvents } from '#topics/incidents/incidents.events.ts'
import { tellIncident } from '#topics/incidents/incidents.mock.ts'
import { storyVersion, tellCalls } from './calls.ts'
import { dayMs, dayOf, hourMs, hourOf, minuteMs, startOfDayMs } from './clock.ts'
import { isInside, townshipAt } from './places.ts'
import { longestThreadDays } from './story.ts'

const firstDay = dayOf(Date.UTC(2026, 10, 1))
const days = Array.from({ length: 28 }, (_, index) => firstDay + index)
const tell = tellCalls(1, tellIncident)
const threads = days.flatMap(tell)
const lines = threads.flat()

const count = (type: string) => lines.filter((line) => line.type === `incident.${type}`).length
const shareOf = (type: string) => count(type) / threads.length
const expectBetween = (value: number, low: number, high: number) => {
  expect(value).toBeGreaterThan(low)
  expect(value).toBeLessThan(high)
}
const medianOf = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!

describe('28 days of calls', () => {
  test('are about 400 a day', () => {
    expectBetween(threads.length / 28, 360, 440)
  })

  test('pass the schemas, every one', () => {
    for (const { type, body } of lines) {
      const { error } = (incidentEvents as EventDefinitions)[type]!.body.safeParse(body)
      if (error) expect.fail(`${type} ${JSON.stringify(body)}: ${error.message}`)
    }
  })

  test('use every event that there is', () => {
    expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(Object.keys(incidentEvents)))
  })

  test('have ids that the door takes, never one twice', () => {
    for (const { id } of lines) expect(id).toMatch(/^[\p{L}\p{N}._:#/~-]{1,128}$/u)
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
  })

  test('begin on their day, go on in order and end in time', () => {
    for (const thread of threads) {
      const ats = thread.map(({ at }) => at)
      expect(ats).toEqual(ats.toSorted((a, b) => a - b))
      expect(ats.at(-1)! - ats[0]!).toBeLessThan(longestThreadDays * dayMs)
      expect(thread[0]!.type).toBe('incident.reported')
      const { incident } = thread[0]!.body
      expect(thread.every(({ body }) => body.incident === incident)).toBe(true)
    }
    for (const day of days) {
      const starts = tell(day).map(([reported]) => reported!.at)
      expect(Math.min(...starts)).toBeGreaterThanOrEqual(startOfDayMs(day))
      expect(Math.max(...starts)).toBeLessThan(startOfDayMs(day) + dayMs)
    }
  })

  test('follow the hours of a day', () => {
    const perHour = Array.from({ length: 24 }, () => 0)
    for (const [reported] of threads) perHour[hourOf(reported!.at)]! += 1
    expect(perHour[20]!).toBeGreaterThan(4 * perHour[4]!)
  })

  test('are grave seldom', () => {
    const levels = threads.map(([reported]) => reported!.body.level)
    const share = (level: number) => levels.filter((one) => one === level).length / levels.length
    expectBetween(share(1), 0.001, 0.006)
    expectBetween(share(2), 0.015, 0.035)
    expectBetween(share(3), 0.15, 0.3)
  })

  test('leave the straight path as often as is believable', () => {
    expectBetween(shareOf('merged'), 0.03, 0.055)
    expectBetween(shareOf('falseReport'), 0.025, 0.055)
    expectBetween(shareOf('passedTo12345'), 0.06, 0.1)
    expectBetween(shareOf('transferred'), 0.01, 0.03)
    expectBetween(shareOf('reinforced'), 0.02, 0.06)
    expectBetween(shareOf('reassigned'), 0.01, 0.03)
    expectBetween(shareOf('reopened'), 0.003, 0.01)
    expectBetween(shareOf('closed'), 0.75, 0.9)
  })

  test('are answered in 9 minutes or so, some much later', () => {
    const responses = threads.flatMap((thread) => {
      const there = thread.find(({ type }) => type === 'incident.onScene')
      return there ? [there.at - thread[0]!.at] : []
    })
    expectBetween(medianOf(responses), 7 * minuteMs, 11 * minuteMs)
    expect(Math.max(...responses)).toBeGreaterThan(hourMs)
  })

  test('lack stamps now and then, and a few are out of order', () => {
    expectBetween(count('acknowledged') / count('enRoute'), 0.8, 0.97)
    expectBetween(count('handled') / count('fedBack'), 0.8, 0.97)
    const swapped = threads.filter((thread) => {
      const first = (type: string) => thread.findIndex((line) => line.type === `incident.${type}`)
      return first('onScene') >= 0 && first('enRoute') > first('onScene')
    })
    expectBetween(swapped.length / threads.length, 0.001, 0.02)
  })

  test('lie where they say, also those that speak GCJ-02', () => {
    const reports = threads.map(([reported]) => reported!)
    const shifted = reports.filter(({ crs }) => crs === 'gcj02')
    expectBetween(shifted.length / reports.length, 0.03, 0.05)
    for (const { crs, body } of reports) {
      const given: [number, number] = [Number(body.lon), Number(body.lat)]
      const [lon, lat] = crs ? gcoord.transform(given, gcoord.GCJ02, gcoord.WGS84) : given
      const division = String(body.division)
      const county = division.slice(0, 6)
      expect(isInside(county, lon, lat)).toBe(true)
      // Back from GCJ-02 a point may be centimetres off, on the wrong side of a line between townships.
      if (!crs && division.length === 9) expect(townshipAt(county, lon, lat).code).toBe(division)
    }
  })

  test('hold nothing that looks like a person, a telephone, a card or a plate', () => {
    const words = new Set(lines.flatMap(({ body }) => [body.summary, body.outcome]))
    for (const text of words) expect(String(text ?? '')).not.toMatch(/[\dA-Z]/)
    const everything = JSON.stringify(lines.map(({ id, body }) => ({ id, body })))
    expect(everything).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/)
    expect(everything).not.toMatch(/(?<!\d)\d{15,18}[\dX]?(?!\d)/)
    expect(everything).not.toMatch(/[京云川贵粤桂][A-Z]·?[A-Z\d]{5}/)
  })

  test('never ask a unit to be in two places', () => {
    const busy = new Map<string, { fromMs: number; toMs: number }[]>()
    for (const thread of threads) {
      for (const { type, at, body } of thread) {
        if (type !== 'incident.unitCleared') continue
        const ordered = thread.find(
          (line) =>
            (Array.isArray(line.body.units) && line.body.units.includes(body.unit!)) ||
            line.body.to === body.unit,
        )!
        const spans = busy.get(String(body.unit)) ?? []
        busy.set(String(body.unit), [...spans, { fromMs: ordered.at, toMs: at }])
      }
    }
    expect(busy.size).toBeGreaterThan(150)
    for (const [unit, spans] of busy) {
      spans.sort((one, other) => one.fromMs - other.fromMs)
      for (const [index, span] of spans.entries()) {
        expect(span.fromMs, unit).toBeGreaterThanOrEqual(spans[index - 1]?.toMs ?? 0)
      }
    }
  })
})

describe('a seed', () => {
  test('tells a day the same way, whichever day was told before', () => {
    expect(tellCalls(1, tellIncident)(firstDay + 9)).toEqual(tell(firstDay + 9))
  })

  test('other than 1 shows in every number, so that two can be told to one wall', () => {
    const [[reported] = []] = tellCalls(2, tellIncident)(firstDay)
    expect(reported!.body.incident).toMatch(/^S2-20261101-0001$/)
    expect(threads[0]![0]!.body.incident).toBe('20261101-0001')
  })

  test('tells this story in this version: when it changes, raise storyVersion', () => {
    const text = JSON.stringify([storyVersion, tell(firstDay)])
    expect(createHash('sha256').update(text).digest('hex').slice(0, 16)).toMatchInlineSnapshot(
      `"592bbb27f7aa4538"`,
    )
  })
})
