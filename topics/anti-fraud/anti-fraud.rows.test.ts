import { describe, expect, it } from 'vitest'
import { dayMs, hourMs, midnightOf } from '#protocol/beijing.ts'
import type { Measured } from './anti-fraud.codes.ts'
import { placeOf, prefecture, seatOf } from './anti-fraud.places.ts'
import { measureByHourOfDay, measureByPlace } from './anti-fraud.rows.ts'
import { fraudScenes } from './anti-fraud.scenes.ts'
import { calls, fold, measured, now, valueAt } from './measured.fixture.ts'

describe('places', () => {
  it('are those whose seat is known; all others stand at their county', () => {
    expect(placeOf('532801103')).toBe('532801103')
    expect(placeOf('532801002')).toBe('532801')
    expect(placeOf('532801')).toBe('532801')
    expect([placeOf('532800'), placeOf('532899'), placeOf('532899001')]).toEqual(
      Array(3).fill(prefecture),
    )
    expect(seatOf('532823105')).toEqual({ lon: 101.69, lat: 21.19 })
    expect(seatOf(prefecture)).toBeNull()
  })

  it('have what was counted there today, the most first', () => {
    const at = (division: string, count: number, measure = 'fund-warnings', ago = 0) =>
      measured(now - ago, { measure, count, division }, { id: `${division}-${count}` })
    const state = fold([
      at('532801002', 2),
      at('532801', 3),
      at('532823105', 4),
      at('532823105', 9, 'cases-solved'),
      at('532823105', 9, 'fund-warnings', dayMs),
      at('532822202', 0),
      at('532800', 50),
    ])
    const rows = measureByPlace('fund-warnings')(state, now)
    expect(rows.map(({ place, count }) => [place, count])).toEqual([
      ['532801', 5],
      ['532823105', 4],
    ])
    expect(measureByPlace('fund-warnings')(state, now - dayMs)).toMatchObject([{ count: 9 }])
  })
})

describe('hours of the day', () => {
  const callsBlocked: Measured = { measure: 'calls-blocked', quantity: 'count' }

  it('stand beside those of the weeks before, and end now', () => {
    const midnight = midnightOf(now)
    const state = fold([
      calls(midnight - 14 * dayMs, 1),
      calls(midnight - 14 * dayMs + 9 * hourMs, 10),
      calls(midnight - 7 * dayMs + 9 * hourMs, 30),
      calls(midnight + 9 * hourMs + 1, 25),
    ])
    const hours = measureByHourOfDay(callsBlocked)(state, now)
    expect(hours).toHaveLength(24)
    expect(hours[9]).toEqual({ hour: 9, today: 25, usual: 20 })
    expect(hours[10]).toEqual({ hour: 10, today: 0, usual: 0 })
    expect([hours[22]!.today, hours[23]!.today]).toEqual([0, null])
  })

  it('are unknown, not 0, where nobody speaks', () => {
    const hours = measureByHourOfDay(callsBlocked)(fold([]), now)
    expect(hours.every(({ today, usual }) => today === null && usual === null)).toBe(true)
  })

  it('add up to the figures beside them', () => {
    const state = fold(fraudScenes.busy)
    const hours = measureByHourOfDay(callsBlocked)(state, now)
    const past = hours.slice(0, 22)
    const sumOf = (key: 'today' | 'usual') => past.reduce((sum, one) => sum + one[key]!, 0)
    expect(sumOf('today')).toBe(valueAt(state, 'callsBlockedToHour'))
    expect(sumOf('usual')).toBeCloseTo(valueAt(state, 'callsBlockedUsualToHour')!, 6)
  })
})
