import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayMs, hourMs, midnightOf, minuteMs, toHour } from '#protocol/beijing.ts'
import type { Body, FeedEvent, Flag } from '#protocol/event.ts'
import { sceneNow, sceneOf } from '#protocol/scene.ts'
import { encodeState } from '#protocol/snapshot.ts'
import {
  fraudTypeOf,
  fraudTypes,
  hasMoney,
  type Measured,
  measures,
  moneyMeasures,
  quantities,
  sentTypes,
} from './anti-fraud.codes.ts'
import { fraudEvents } from './anti-fraud.events.ts'
import { measureName, shareName, spans } from './anti-fraud.names.ts'
import { placeOf, prefecture, seatOf } from './anti-fraud.places.ts'
import { measureByHourOfDay, measureByPlace } from './anti-fraud.rows.ts'
import { fraudScenes } from './anti-fraud.scenes.ts'
import { antiFraud } from './anti-fraud.ts'

const fold = (events: readonly FeedEvent[]) => {
  const state = antiFraud.initial()
  for (const event of events) antiFraud.evolve(state, event)
  return state
}
const now = sceneNow
const event = (at: number, body: Body, more: Partial<FeedEvent> = {}): FeedEvent => ({
  seq: 1,
  id: `${body.measure}-${at}`,
  type: 'fraud.measured',
  at,
  seenAt: at + 2000,
  source: 'bureau',
  flags: [],
  body: { division: '532801103', count: 1, ...body },
  ...more,
})
const calls = (at: number, count: number, more: Partial<FeedEvent> = {}) =>
  event(at, { measure: 'calls-blocked', count }, more)
const figureAt = (state: ReturnType<typeof fold>, name: string, at = now) =>
  antiFraud.figures[name]!(state, at)
const valueAt = (state: ReturnType<typeof fold>, name: string, at = now) =>
  figureAt(state, name, at).value

describe('at the door', () => {
  const { body } = fraudEvents['fraud.measured']
  const refusal = (value: Body) => {
    const issue = body.safeParse({ division: '532801', count: 1, ...value }).error?.issues[0]
    return issue && `${issue.path.join('.')}: ${issue.message}`
  }

  it.each(measures)('money comes with %s only where it is a sum of money', (measure) => {
    const [bare, paid] = [refusal({ measure }), refusal({ measure, amountYuan: 10.25 })]
    if (hasMoney(measure)) {
      expect(bare).toBe(`amountYuan: ${measure} is a sum of money: say how much, in yuan`)
      expect(paid).toBeUndefined()
    } else {
      expect(bare).toBeUndefined()
      expect(paid).toBe(`amountYuan: ${measure} has no money: remove amountYuan`)
    }
  })

  it.each([
    ['a third decimal', { amountYuan: 0.125 }, /^amountYuan: yuan, with at most 2 decimals/],
    ['a debt', { amountYuan: -1 }, /^amountYuan: /],
    ['more than any bank has', { amountYuan: 1e10 + 1 }, /^amountYuan: /],
    ['money of nobody', { amountYuan: 1, count: 0 }, /^amountYuan: money without a case/],
    ['half a case', { amountYuan: 1, count: 0.5 }, /^count: /],
    ['less than none', { amountYuan: 1, count: -1 }, /^count: /],
    ['too many', { amountYuan: 1, count: 10_000_001 }, /^count: /],
    ['an unknown type', { amountYuan: 1, fraudType: 'theft' }, /^fraudType: /],
    ['a place elsewhere', { amountYuan: 1, division: '110101' }, /^division: /],
    ['a person', { amountYuan: 1, victim: 'x' }, /^: Unrecognized key/],
  ])('%s is refused', (_, value, says) => {
    expect(refusal({ measure: 'funds-frozen', ...value })).toMatch(says)
  })

  it.each([0, 0.01, 0.07, 1.1, 48600.5, 9_999_999_999.99])('%d yuan are taken', (amountYuan) => {
    expect(refusal({ measure: 'funds-frozen', amountYuan })).toBeUndefined()
  })

  it('types of 2024 and 2025 are taken, and both count under the type of 2025', () => {
    for (const fraudType of sentTypes) {
      expect(refusal({ measure: 'cases-solved', fraudType })).toBeUndefined()
      expect(fraudTypes).toContain(fraudTypeOf(fraudType))
    }
    expect(fraudTypeOf('fake-loan')).toBe('fake-loan-or-credit')
    expect(fraudTypeOf('fake-credit-record')).toBe('fake-loan-or-credit')
  })
})

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
      event(now - n * minuteMs, { measure: 'funds-stopped', amountYuan }),
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
        event(
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
    event(
      now - daysAgo * dayMs,
      { measure: 'fund-warnings', count, ...(fraudType && { fraudType }) },
      { id: `${daysAgo}-${count}-${fraudType}` },
    )
  const warnings: Measured = { measure: 'fund-warnings', quantity: 'count' }
  const share = (state: ReturnType<typeof fold>, type: (typeof fraudTypes)[number]) => [
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
      event(now, { measure: 'funds-stopped', amountYuan, fraudType }, { id: fraudType })
    const state = fold([stopped(900, 'fake-investment'), stopped(100, 'fake-romance')])
    expect(valueAt(state, 'fundsStoppedYuanFakeInvestmentShareToday')).toBe(0.9)
  })
})

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
      event(now - ago, { measure, count, division }, { id: `${division}-${count}` })
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
  const measured: Measured = { measure: 'calls-blocked', quantity: 'count' }

  it('stand beside those of the weeks before, and end now', () => {
    const midnight = midnightOf(now)
    const state = fold([
      calls(midnight - 14 * dayMs, 1),
      calls(midnight - 14 * dayMs + 9 * hourMs, 10),
      calls(midnight - 7 * dayMs + 9 * hourMs, 30),
      calls(midnight + 9 * hourMs + 1, 25),
    ])
    const hours = measureByHourOfDay(measured)(state, now)
    expect(hours).toHaveLength(24)
    expect(hours[9]).toEqual({ hour: 9, today: 25, usual: 20 })
    expect(hours[10]).toEqual({ hour: 10, today: 0, usual: 0 })
    expect([hours[22]!.today, hours[23]!.today]).toEqual([0, null])
  })

  it('are unknown, not 0, where nobody speaks', () => {
    const hours = measureByHourOfDay(measured)(fold([]), now)
    expect(hours.every(({ today, usual }) => today === null && usual === null)).toBe(true)
  })

  it('add up to the figures beside them', () => {
    const state = fold(fraudScenes.busy)
    const hours = measureByHourOfDay(measured)(state, now)
    const past = hours.slice(0, 22)
    const sumOf = (key: 'today' | 'usual') => past.reduce((sum, one) => sum + one[key]!, 0)
    expect(sumOf('today')).toBe(valueAt(state, 'callsBlockedToHour'))
    expect(sumOf('usual')).toBeCloseTo(valueAt(state, 'callsBlockedUsualToHour')!, 6)
  })
})

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
        antiFraud.evolve(state, event(at, { measure, division, fraudType, ...money }))
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
  expect(sceneOf([])).toEqual(empty)
})
