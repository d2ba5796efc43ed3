import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { FeedEvent } from '#protocol/event.ts'
import { sceneNow } from '#protocol/scene.ts'
import { aheadMs, cameInAt, isOpen } from './incident.ts'
import { incidentEvents } from './incidents.events.ts'
import { callsByHourOfDay } from './incidents.hours.ts'
import { incidents, overKeptMs } from './incidents.ts'

const minute = 60_000
const { example } = incidentEvents['incident.reported']
const event = (n: number, at: number, verb: string, incident: string): FeedEvent => ({
  seq: n,
  id: `e${n}`,
  type: `incident.${verb}`,
  at,
  seenAt: at,
  source: 't',
  flags: [],
  body: verb === 'reported' ? { ...example, incident } : { incident },
})
const figureOf = (state: ReturnType<typeof incidents.initial>, name: string, now: number) =>
  incidents.figures[name]!(state, now).value

const hostile = fc.record({
  at: fc.oneof(
    fc.integer({ min: 0, max: 8_640_000_000_000_000 }),
    fc.integer({ min: -100, max: 100 }).map((days) => sceneNow + days * 1440 * minute),
  ),
  verb: fc.constantFrom('reported', 'dispatched', 'onScene', 'handled', 'closed', 'reopened'),
  incident: fc.constantFrom('1', '2', '3', '4'),
  flags: fc.subarray(['simulated', 'backfill', 'clockSuspect'] as const),
})

it('believes no time from the future, however it is flagged', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 60 }), (picks) => {
      const state = incidents.initial()
      for (const [n, { at, verb, incident, flags }] of picks.entries()) {
        const seenAt = sceneNow + n * 10_000
        incidents.evolve(state, { ...event(n, at, verb, incident), seenAt, flags })
      }
      const latestMs = state.clockMs + aheadMs
      for (const each of state.byNumber.values()) {
        expect(each.touchedAt).toBeLessThanOrEqual(latestMs)
        expect(cameInAt(each) ?? 0).toBeLessThanOrEqual(latestMs)
      }
      for (const [hour, bySource] of state.callsByHour) {
        expect(hour).toBeLessThanOrEqual(latestMs)
        for (const { count, simulated } of bySource.values()) {
          expect(Math.min(count, simulated)).toBeGreaterThanOrEqual(0)
        }
      }
      const calls = figureOf(state, 'today', state.clockMs)!
      expect(calls).toBeLessThanOrEqual(state.byNumber.size)
      // some days on, with one event that shows the time, nothing of it is left but what is open
      const laterMs = state.clockMs + overKeptMs + aheadMs + minute
      incidents.evolve(state, event(99, laterMs, 'reported', 'later'))
      expect(Array.from(state.byNumber.values()).filter((each) => !isOpen(each))).toEqual([])
    }),
  )
})

it('shows a call from the future when it arrived, and lets it go', () => {
  const state = incidents.initial()
  for (const [n, verb] of ['reported', 'enRoute', 'onScene', 'closed'].entries()) {
    const at = sceneNow + (400 * 1440 + n) * minute
    incidents.evolve(state, {
      ...event(n, at, verb, '1'),
      seenAt: sceneNow + n * minute,
      flags: ['backfill'],
    })
  }
  const atHand = sceneNow + 5 * minute
  expect(['today', 'travelUsed'].map((name) => figureOf(state, name, atHand))).toEqual([1, 1])
  const dayAfter = sceneNow + 1500 * minute
  expect(['today', 'travelUsed'].map((name) => figureOf(state, name, dayAfter))).toEqual([0, 0])
  incidents.evolve(state, event(9, sceneNow + 30 * 1440 * minute, 'reported', '2'))
  expect(Array.from(state.byNumber.keys())).toEqual(['2'])
  expect(state.callsByHour.size).toBe(1)
})

it('looks no further ahead than a clock may be', () => {
  const state = incidents.initial()
  for (const [n, verb] of ['reported', 'onScene', 'closed'].entries())
    incidents.evolve(state, event(n, sceneNow + n * minute, verb, '1'))
  // a replay asks what stood there before it happened
  const before = sceneNow - 2 * aheadMs
  expect(['today', 'responseUsed'].map((name) => figureOf(state, name, before))).toEqual([0, 0])
})

it('keeps no hour of long ago, however many arrive within a minute', () => {
  const state = incidents.initial()
  incidents.evolve(state, event(0, sceneNow, 'reported', 'now'))
  for (let n = 1; n <= 2000; n++) {
    const old = event(n, n * 1000 * minute, 'reported', 'old')
    incidents.evolve(state, { ...old, seenAt: sceneNow, flags: ['backfill'] })
  }
  expect(state.callsByHour.size).toBe(1)
  expect(incidents.figures.usualToHour!(state, sceneNow).value).toBeNull()
})

it('finds the first hour among any number of them', () => {
  const state = incidents.initial()
  state.clockMs = sceneNow
  const none = new Map()
  for (let n = 0; n < 200_000; n++) state.callsByHour.set(n, none)
  expect(() => figureOf(state, 'usualToHour', sceneNow)).not.toThrow()
  expect(() => callsByHourOfDay(state, sceneNow)).not.toThrow()
})
