import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayMs, hourMs, minuteMs } from '#protocol/beijing.ts'
import type { Flag } from '#protocol/event.ts'
import { encodeState } from '#protocol/snapshot.ts'
import { hasMoney, measures, sentTypes } from './anti-fraud.codes.ts'
import { fraudScenes } from './anti-fraud.scenes.ts'
import { antiFraud } from './anti-fraud.ts'
import { calls, fold, measured, now, valueAt } from './measured.fixture.ts'

describe('live state', () => {
  it('is the same in whatever order increments come', () => {
    const every = Object.values(fraudScenes)
      .flat()
      .map((one, n) => ({ ...one, id: `${one.id}-${n}` }))
    const flags = fc.constantFrom<Flag[]>([], ['backfill'], ['clockSuspect'], ['simulated'])
    const pick = fc.record({
      index: fc.nat(every.length - 1),
      lateMs: fc.oneof(fc.integer({ min: -hourMs, max: 40 * dayMs }), fc.constant(2000)),
      flags,
    })
    fc.assert(
      fc.property(fc.array(pick, { minLength: 2, maxLength: 60 }), fc.nat(), (picks, turn) => {
        const events = picks.map(({ index, lateMs, flags }, n) => ({
          ...every[index]!,
          id: `${n}`,
          seenAt: every[index]!.at + lateMs,
          flags,
        }))
        const cut = turn % events.length
        const shuffled = [...events.slice(cut), ...events.slice(0, cut)].reverse()
        expect(fold(shuffled)).toEqual(fold(events))
      }),
    )
  })

  it('is bounded: 29 days of hours, 29 of types, 2 of places, whatever the sender makes up', () => {
    const state = antiFraud.initial()
    let n = 0
    for (let at = now; at < now + 60 * dayMs; at += 20 * minuteMs) {
      n += 1
      const division = n % 2 ? `5328${10 + (n % 80)}` : `5328010${10 + (n % 89)}`
      const fraudType = sentTypes[n % sentTypes.length]!
      for (const measure of measures) {
        const money = hasMoney(measure) ? { amountYuan: n } : {}
        antiFraud.evolve(state, measured(at, { measure, division, fraudType, ...money }))
      }
    }
    expect(state.series.size).toBe(9)
    for (const { measure, byHour, byType, byPlace } of state.series.values()) {
      expect(byHour.size).toBeLessThanOrEqual(29 * 24 + 1)
      expect(byType.size).toBe(measure === 'fund-warnings' || measure === 'funds-stopped' ? 29 : 0)
      expect(byPlace.size).toBe(2)
      for (const places of byPlace.values()) expect(places.size).toBeLessThanOrEqual(26)
    }
    expect(JSON.stringify(encodeState(state)).length).toBeLessThan(900_000)
  })

  it('forgets a source that has been silent for all that time', () => {
    const state = fold([
      calls(now - 30 * dayMs, 1, { source: 'gone' }),
      calls(now, 1, { source: 'here' }),
    ])
    expect([...antiFraud.heard(state).keys()]).toEqual(['here'])
    expect([...state.series.keys()]).toEqual(['calls-blocked here'])
  })

  it('counts what claims to come from the future when it came', () => {
    const far = calls(now + 300 * dayMs, 5, { seenAt: now, flags: ['backfill'] })
    expect(valueAt(fold([far]), 'callsBlockedToday')).toBe(5)
  })

  it('takes no history that is older than what is kept', () => {
    const state = fold([
      calls(now, 1),
      calls(now - 40 * dayMs, 5, { seenAt: now, flags: ['backfill'] }),
    ])
    expect(valueAt(state, 'callsBlockedToday')).toBe(1)
    expect(state.series.get('calls-blocked bureau')!.byHour.size).toBe(1)
  })
})
