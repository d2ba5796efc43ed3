import { readFileSync } from 'node:fs'
import gcoord from 'gcoord'
import type { FeatureCollection, Polygon } from 'geojson'
import { describe, expect, test } from 'vitest'
import type { EventDefinitions } from '#protocol/definition.ts'
import type { FeedEvent, Flag } from '#protocol/event.ts'
import type { Fix } from '#protocol/track.ts'
import { patrolEvents } from '#topics/patrols/patrols.events.ts'
import { tellDuty, tellPastRound } from '#topics/patrols/patrols.mock.ts'
import { patrols } from '#topics/patrols/patrols.ts'
import { dayMs, dayOf, hourMs, minuteMs, secondMs, startOfDayMs } from './clock.ts'
import { onDutyAtOnce } from './duties.ts'
import { createForces } from './forces.ts'
import { createStory, longestThreadDays } from './story.ts'

const bornMs = Date.UTC(2026, 10, 22, 1)
const today = dayOf(bornMs)
const forcesOf = () => createForces(1, bornMs, { tellDuty, tellPastRound })
const forces = forcesOf()
const days = [today - 1, today, today + 1]
const threads = days.flatMap(forces.tell)
const lines = threads.flat()
const isSaid = ({ type }: { type: string }) => type !== 'patrol.segmentPatrolled'

interface FixLine {
  unit: string
  at: number
  lon: number
  lat: number
  speedKmh: number
  crs?: 'gcj02'
}
const fixesAt = (atMs: number) => forces.fixesAt(atMs).map((line) => JSON.parse(line) as FixLine)
const placeOf = ({ lon, lat, crs }: FixLine): [number, number] =>
  crs ? (gcoord.transform([lon, lat], gcoord.GCJ02, gcoord.WGS84) as [number, number]) : [lon, lat]
const kmBetween = ([aLon, aLat]: [number, number], [bLon, bLat]: [number, number]) =>
  Math.hypot((aLon - bLon) * 103, (aLat - bLat) * 110.7)

describe('what units say', () => {
  test('passes the schemas, with ids that are never there twice', () => {
    for (const { type, body } of lines) {
      const { error } = (patrolEvents as EventDefinitions)[type]!.body.safeParse(body)
      if (error) expect.fail(`${type} ${JSON.stringify(body)}: ${error.message}`)
    }
    for (const { id } of lines) expect(id).toMatch(/^[\p{L}\p{N}._:#/~-]{1,128}$/u)
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
  })

  test('is told the same way again, and only of a day before the mock came up', () => {
    expect(days.flatMap(forcesOf().tell)).toEqual(threads)
    expect(forces.tell(today - 2)).toEqual([])
  })

  test('begins on its day, in order, and is over in time', () => {
    for (const day of days) {
      for (const thread of forces.tell(day).filter((one) => isSaid(one[0]!))) {
        const ats = thread.map(({ at }) => at)
        expect(ats).toEqual(ats.toSorted((a, b) => a - b))
        expect(ats[0]).toBeGreaterThanOrEqual(startOfDayMs(day))
        expect(ats[0]).toBeLessThan(startOfDayMs(day + 1))
        expect(ats.at(-1)! - ats[0]!).toBeLessThan(longestThreadDays * dayMs)
        expect(thread[0]!.type).toBe('patrol.started')
      }
    }
  })

  test('is some thousands of events a day, with nobody named', () => {
    const perDay = forces.tell(today).flat().filter(isSaid).length
    expect(perDay).toBeGreaterThan(8000)
    expect(perDay).toBeLessThan(14_000)
    for (const { body } of lines) {
      if (body.callSign)
        expect(body.callSign).toMatch(/^(JH|MH|ML|BD)(-[A-Z]+)?(-\d\d)?-[A-Z]?\d+$/)
    }
  })

  test('holds rounds of the past only', () => {
    const rounds = lines.filter((line) => !isSaid(line))
    expect(rounds.length).toBeGreaterThan(30)
    expect(Math.max(...rounds.map(({ at }) => at))).toBeLessThanOrEqual(bornMs)
  })
})

describe('where units are', () => {
  const noonMs = startOfDayMs(today) + 12 * hourMs
  const outline = (
    JSON.parse(
      readFileSync(new URL('../public/map/outline.geojson', import.meta.url), 'utf8'),
    ) as FeatureCollection<Polygon>
  ).features[0]!.geometry.coordinates[0] as [number, number][]
  const isInPrefecture = ([x, y]: [number, number]) => {
    let inside = false
    for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
      const [[xi, yi], [xj, yj]] = [outline[i]!, outline[j]!]
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
    }
    return inside
  }

  test('is a pure function of seed and time', () => {
    expect(forcesOf().fixesAt(noonMs)).toEqual(forces.fixesAt(noonMs))
    expect(createForces(2, bornMs, { tellDuty, tellPastRound }).fixesAt(noonMs)).not.toEqual(
      forces.fixesAt(noonMs),
    )
  })

  test('comes from nearly all who are on duty, each once', () => {
    for (const atMs of [noonMs, noonMs + 11 * hourMs, noonMs + 15 * hourMs]) {
      const units = fixesAt(atMs).map(({ unit }) => unit)
      expect(units.length).toBeGreaterThan(0.95 * onDutyAtOnce)
      expect(units.length).toBeLessThan(1.02 * onDutyAtOnce)
      expect(new Set(units).size).toBe(units.length)
    }
  })

  test('lies in the prefecture, as good as always', () => {
    const places = fixesAt(noonMs).map(placeOf)
    expect(places.filter(isInPrefecture).length / places.length).toBeGreaterThan(0.99)
  })

  test('moves no faster than it says', () => {
    const before = new Map(fixesAt(noonMs).map((fix) => [fix.unit, fix]))
    let moving = 0
    for (const fix of fixesAt(noonMs + 10 * secondMs)) {
      const known = before.get(fix.unit)
      if (!known) continue
      const km = kmBetween(placeOf(fix), placeOf(known))
      const mostKmh = Math.max(fix.speedKmh, known.speedKmh)
      expect(km, fix.unit).toBeLessThan((mostKmh / 3600) * 10 * 1.05 + 0.015)
      if (mostKmh > 0) moving += 1
    }
    expect(moving).toBeGreaterThan(0.35 * onDutyAtOnce)
  })
})

test('on a wall, forces and segments look as believable as they are made up', {
  timeout: 20_000,
}, () => {
  const state = patrols.initial()
  let seq = 0
  const evolve = (
    event: Pick<FeedEvent, 'id' | 'type' | 'at' | 'body'>,
    seenAt: number,
    more: Flag[] = [],
  ) => {
    seq += 1
    const flags: Flag[] = ['simulated', ...more]
    patrols.evolve(state, { ...event, seq, seenAt, source: 'mock', flags })
  }
  const story = createStory(forces.tell)
  for (const line of story.wholeSince(bornMs - 2 * dayMs, bornMs))
    evolve(line, bornMs, ['backfill'])
  const lane = new Map<string, Fix>()
  const made = new Map<string, number>()
  const stepMs = minuteMs
  const untilMs = bornMs + 7 * hourMs
  const coming = story.between(bornMs, untilMs)
  for (let nowMs = bornMs + stepMs; nowMs <= untilMs; nowMs += stepMs) {
    while (coming[0] && coming[0].at <= nowMs) evolve(coming.shift()!, nowMs)
    const fixes = fixesAt(nowMs).map((line): Fix => {
      const [lon, lat] = placeOf(line)
      const { unit, at, speedKmh } = line
      return { unit, at, seenAt: nowMs, lon, lat, speedKmh, headingDeg: null, simulated: true }
    })
    for (const fix of fixes) lane.set(fix.unit, fix)
    const lastFix = (unit: string) => lane.get(unit) ?? null
    for (const { id, type, at, body } of patrols.react!(state, {
      kind: 'tick',
      now: nowMs,
      fixes,
      lastFix,
      door: { openedAt: 0, listeningMs: 0, turnedAwayAt: null, tallies: [] },
      frozen: [],
    })) {
      made.set(type, (made.get(type) ?? 0) + 1)
      evolve({ id, type, at, body: { ...body, cause: 'tick' } }, nowMs)
    }
  }
  const value = (name: string) => patrols.figures[name]!(state, untilMs).value!
  const expectBetween = (name: string, low: number, high: number) => {
    expect(value(name), name).toBeGreaterThanOrEqual(low)
    expect(value(name), name).toBeLessThanOrEqual(high)
  }
  expectBetween('onDuty', 590, 610)
  expectBetween('out', 200, 480)
  expectBetween('atPost', 60, 92)
  expectBetween('silent', 1, 20)
  expectBetween('noFix', 2, 25)
  expectBetween('overdue', 0, 5)
  expectBetween('unrostered', 0, 12)
  expectBetween('rollAnsweredShare', 0.9, 0.99)
  expectBetween('segmentsPatrolled', 30, 45)
  expect(made.get('patrol.segmentPatrolled')).toBeGreaterThan(15)
  expect(made.get('patrol.checkpointPassed')).toBeLessThan(400)
  expect([...made.values()].reduce((sum, count) => sum + count)).toBeLessThan(600)
})
