import { describe, expect, it } from 'vitest'
import { dayMs, hourMs, midnightOf, minuteMs, toHour } from '#protocol/beijing.ts'
import {
  type fraudTypes,
  hasMoney,
  type Measured,
  measures,
  moneyMeasures,
  quantities,
} from './anti-fraud.codes.ts'
import { measureName, shareName, spans } from './anti-fraud.names.ts'
import { fraudScenes } from './anti-fraud.scenes.ts'
import { antiFraud } from './anti-fraud.ts'
import { calls, figureAt, fold, measured, now, valueAt } from './measured.fixture.ts'

import type { Fraud } from './series.ts'

describe('a measure', () => {
  it('adds up its increments of today, from every source and place', () => {
    const state = fold([
      calls(now - 3 * hourMs, 40),
      calls(now - 2 * hourMs, 2, { source: 'carrier' }),
      calls(now - hourMs, 0),
      calls(midnightOf(now) - 1, 7),
    ])
    const { value, provenance } = figureAt(state, 'callsBlockedToday')
    expect(value).toBe(42)
    expect(provenance).toMatchObject({
      rule: 'anti-fraud.rule.callsBlockedToday',
      sources: ['bureau', 'carrier'],
      window: { fromMs: midnightOf(now), toMs: now - (now % minuteMs) },
      count: 3,
      newest: { at: now - hourMs },
      simulated: false,
    })
  })

  it('knows no data from 0', () => {
    const state = fold([calls(now, 0)])
    expect([valueAt(state, 'callsBlockedToday'), valueAt(state, 'smsBlockedToday')]).toEqual([
      0,
      null,
    ])
    expect(valueAt(state, 'callsBlockedToday', now + dayMs)).toBe(0)
  })

  it('is compared with the same hours of four weeks, as far as it was counted then', () => {
    const week = 7 * dayMs
    const early = midnightOf(now) + hourMs
    const state = fold([
      calls(midnightOf(now) - 3 * week, 0),
      calls(early - 3 * week, 30),
      calls(early - 2 * week, 20),
      calls(early - week, 70),
      // after the full hour that today has reached
      calls(toHour(now) - week, 1000),
      calls(early, 50),
      calls(toHour(now), 5),
    ])
    expect(valueAt(state, 'callsBlockedToHour')).toBe(50)
    const usual = figureAt(state, 'callsBlockedUsualToHour')
    expect(usual.value).toBe(40)
    expect(usual.provenance.excluded).toEqual({ weeksWithoutData: 1 })
    expect(usual.provenance.count).toBe(4)
  })

  it('turns at midnight in Beijing', () => {
    const midnight = midnightOf(now) + dayMs
    const state = fold([calls(midnight - 1, 3), calls(midnight, 4)])
    expect(valueAt(state, 'callsBlockedToday', midnight - 1)).toBe(3)
    expect(valueAt(state, 'callsBlockedToday', midnight)).toBe(4)
  })

  it('adds money to the fen, in any order', () => {
    const yuan = [0.1, 0.2, 1234567.89, 0.07]
    const stops = yuan.map((amountYuan, n) =>
      measured(now - n * minuteMs, { measure: 'funds-stopped', amountYuan }),
    )
    for (const some of [stops, stops.toReversed()]) {
      expect(valueAt(fold(some), 'fundsStoppedYuanToday')).toBe(1234568.26)
      expect(valueAt(fold(some), 'fundsStoppedToday')).toBe(4)
    }
  })

  it('says when any of it is simulated, and what the newest is', () => {
    const state = fold([
      calls(now - 2 * minuteMs, 1, { flags: ['simulated'], seenAt: now }),
      calls(now - minuteMs, 1),
    ])
    expect(figureAt(state, 'callsBlockedToday').provenance).toMatchObject({
      simulated: true,
      newest: { seenAt: now },
    })
  })
})

describe('no figure', () => {
  // each measure has a source of its own, and its sums are powers of ten of their own; today and a week ago
  const state = fold(
    measures.flatMap((measure, n) =>
      [0, 7].map((daysAgo) =>
        measured(
          midnightOf(now) - daysAgo * dayMs,
          {
            measure,
            count: 10 ** n % 9_999_999,
            fraudType: 'fake-romance',
            ...(hasMoney(measure) && { amountYuan: 10 ** n }),
          },
          { source: measure },
        ),
      ),
    ),
  )
  const named = Object.entries(antiFraud.figures)

  it('adds one measure to another, least of all stopped, frozen and returned', () => {
    for (const [name, select] of named) {
      const { sources } = select(state, now).provenance
      expect([name, sources.length]).toEqual([name, 1])
    }
    const sums = moneyMeasures.map(
      (measure) => valueAt(state, measureName({ measure, quantity: 'yuan' }, 'Today'))!,
    )
    expect(new Set(sums).size).toBe(3)
    const [stopped, frozen, returned] = sums as [number, number, number]
    const forbidden = [
      stopped + frozen,
      stopped + returned,
      frozen + returned,
      stopped + frozen + returned,
    ]
    for (const [name, select] of named) {
      expect([name, forbidden.includes(select(state, now).value ?? 0)]).toEqual([name, false])
    }
  })

  it('is missing: every measure has its three, every sum of money too', () => {
    const wanted = quantities.flatMap((one) => spans.map((span) => measureName(one, span)))
    expect(wanted).toHaveLength(36)
    expect(Object.keys(antiFraud.figures)).toEqual(expect.arrayContaining(wanted))
    expect(new Set(wanted).size).toBe(36)
  })
})

describe('types', () => {
  const warned = (daysAgo: number, count: number, fraudType?: string) =>
    measured(
      now - daysAgo * dayMs,
      { measure: 'fund-warnings', count, ...(fraudType && { fraudType }) },
      { id: `${daysAgo}-${count}-${fraudType}` },
    )
  const warnings: Measured = { measure: 'fund-warnings', quantity: 'count' }
  const share = (state: Fraud, type: (typeof fraudTypes)[number]) => [
    valueAt(state, shareName(warnings, type, 'Today')),
    valueAt(state, shareName(warnings, type, 'FourWeeks')),
  ]

  it('share what is typed; what is not is left out and counted', () => {
    const state = fold([
      warned(0, 3, 'fake-shopping'),
      warned(0, 1, 'fake-romance'),
      warned(0, 5),
      warned(27, 4, 'fake-romance'),
      warned(28, 100, 'fake-romance'),
    ])
    expect(share(state, 'fake-shopping')).toEqual([0.75, 0.375])
    expect(share(state, 'fake-romance')).toEqual([0.25, 0.625])
    expect(share(state, 'fake-authority')).toEqual([0, 0])
    const { provenance } = figureAt(state, 'fundWarningsFakeRomanceShareToday')
    expect(provenance).toMatchObject({ count: 2, excluded: { untyped: 1 } })
  })

  it('go on across the merge of 2025', () => {
    const state = fold([
      warned(20, 2, 'fake-loan'),
      warned(10, 1, 'fake-credit-record'),
      warned(0, 3, 'fake-loan-or-credit'),
      warned(0, 4, 'fake-romance'),
    ])
    expect(share(state, 'fake-loan-or-credit')).toEqual([3 / 7, 0.6])
  })

  it('of stopped funds are told apart by money', () => {
    const stopped = (amountYuan: number, fraudType: string) =>
      measured(now, { measure: 'funds-stopped', amountYuan, fraudType }, { id: fraudType })
    const state = fold([stopped(900, 'fake-investment'), stopped(100, 'fake-romance')])
    expect(valueAt(state, 'fundsStoppedYuanFakeInvestmentShareToday')).toBe(0.9)
  })
})

it('shows its scenes', () => {
  const { empty, quiet, busy, flood, silent } = fraudScenes
  for (const select of Object.values(antiFraud.figures)) {
    expect(select(fold(empty), now).value).toBeNull()
  }
  expect(valueAt(fold(quiet), 'fundsStoppedYuanToday')).toBeNull()
  expect(valueAt(fold(quiet), 'callsBlockedUsualToHour')).toBeNull()
  const [usual, ordinary, many] = [
    valueAt(fold(busy), 'callsBlockedUsualToHour')!,
    valueAt(fold(busy), 'callsBlockedToHour')!,
    valueAt(fold(flood), 'callsBlockedToHour')!,
  ]
  expect(ordinary / usual).toBeGreaterThan(0.7)
  expect(ordinary / usual).toBeLessThan(1.4)
  expect(many).toBeGreaterThan(30 * ordinary)
  const quietSince = now - Math.max(...antiFraud.heard(fold(silent)).values())
  expect(quietSince).toBeGreaterThan(antiFraud.staleAfterMs)
})
