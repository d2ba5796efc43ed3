import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { dayMs, dayOf, hourMs, hourOf, startOfDayMs } from '#mock/clock.ts'
import { createStory, type Line, longestThreadDays } from '#mock/story.ts'
import type { EventDefinitions } from '#protocol/definition.ts'
import { encodeState } from '#protocol/snapshot.ts'
import { hasMoney, type Measure, measures, sentTypes } from './anti-fraud.codes.ts'
import { fraudEvents } from './anti-fraud.events.ts'
import { fraudVersion, tellFraud } from './anti-fraud.mock.ts'
import { antiFraud } from './anti-fraud.ts'

const firstDay = dayOf(Date.UTC(2026, 9, 26, 4))
const days = Array.from({ length: 28 }, (_, index) => firstDay + index)
const tell = tellFraud(1)
const threads = days.flatMap(tell)
const lines = threads.flat()

const of = (measure: Measure) => lines.filter(({ body }) => body.measure === measure)
const aDay = (measure: Measure, field = 'count') =>
  of(measure).reduce((sum, { body }) => sum + Number(body[field] ?? 0), 0) / days.length
const fold = (some: readonly Line[]) => {
  const state = antiFraud.initial()
  some.forEach((line, n) => {
    antiFraud.evolve(state, { ...line, seq: n + 1, seenAt: line.at, flags: ['simulated'] })
  })
  return state
}

describe('28 days of anti-fraud work', () => {
  test('pass the schemas, every line', () => {
    for (const { type, body } of lines) {
      const { error } = (fraudEvents as EventDefinitions)[type]!.body.safeParse(body)
      if (error) expect.fail(`${JSON.stringify(body)}: ${error.message}`)
    }
  })

  test('have ids that the door takes, never one twice', () => {
    for (const { id } of lines) expect(id).toMatch(/^[\p{L}\p{N}._:#/~-]{1,128}$/u)
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
  })

  test('are of a believable size: many calls, few visits, rare stops', () => {
    const between = (measure: Measure, low: number, high: number) => {
      expect([measure, aDay(measure) > low, aDay(measure) < high]).toEqual([measure, true, true])
    }
    between('calls-blocked', 5000, 9000)
    between('sms-blocked', 4000, 7500)
    between('sites-handled', 10, 25)
    between('fund-warnings', 20, 35)
    between('face-to-face-dissuasion', 25, 42)
    between('funds-stopped', 4, 8)
    between('funds-frozen', 1.5, 5)
    between('funds-returned', 0.2, 1.5)
    between('cases-solved', 0.7, 2.5)
    expect(aDay('funds-stopped', 'amountYuan')).toBeGreaterThan(150_000)
    expect(aDay('funds-stopped', 'amountYuan')).toBeLessThan(1_500_000)
    expect(lines.length / days.length).toBeLessThan(1600)
  })

  test('say something every few seconds by day, and little at night', () => {
    const perHour = Array.from({ length: 24 }, () => 0)
    for (const { at } of lines) perHour[hourOf(at)]! += 1 / days.length
    expect(perHour[10]!).toBeGreaterThan(80)
    expect(perHour[3]!).toBeLessThan(10)
  })

  test('begin on their day, go on in order and end in time', () => {
    for (const day of days) {
      for (const thread of tell(day)) {
        const ats = thread.map(({ at }) => at)
        expect(ats).toEqual(ats.toSorted((a, b) => a - b))
        expect(dayOf(ats[0]!)).toBe(day)
        expect(ats.at(-1)! - ats[0]!).toBeLessThan(longestThreadDays * dayMs)
      }
    }
  })

  test('freeze money that was stopped, within 48 hours and never more of it', () => {
    const frozen = threads.filter((thread) => thread.at(-1)!.body.measure === 'funds-frozen')
    expect(frozen.length).toBeGreaterThan(40)
    for (const [stop, freeze] of frozen) {
      expect(stop!.body.measure).toBe('funds-stopped')
      expect(freeze!.at - stop!.at).toBeLessThan(48 * hourMs)
      expect(Number(freeze!.body.amountYuan)).toBeLessThanOrEqual(Number(stop!.body.amountYuan))
    }
  })

  test('use every measure and every type, also by the names of 2024', () => {
    expect(new Set(lines.map(({ body }) => body.measure))).toEqual(new Set(measures))
    const types = new Set(lines.map(({ body }) => body.fraudType))
    expect(types).toEqual(new Set([undefined, ...sentTypes]))
    for (const { body } of lines) {
      expect(body.amountYuan !== undefined).toBe(hasMoney(body.measure as Measure))
    }
  })

  test('fit into a snapshot of a few hundred kilobytes', () => {
    expect(JSON.stringify(encodeState(fold(lines))).length).toBeLessThan(500_000)
  })
})

describe('a restart', () => {
  const bornMs = startOfDayMs(firstDay + 20) + 10 * hourMs

  test('tells no increment twice and leaves none out', () => {
    const untilMs = bornMs + 9 * hourMs
    const first = createStory(tell)
    const before = [
      ...first.wholeSince(bornMs - 3 * dayMs, bornMs),
      ...first.between(bornMs, bornMs + hourMs),
    ]
    const again = createStory(tellFraud(1)).wholeSince(bornMs - hourMs, untilMs)
    const known = new Set(before.map(({ id }) => id))
    const journal = [...before, ...again.filter(({ id }) => !known.has(id))]
    const whole = createStory(tell).wholeSince(bornMs - 3 * dayMs, untilMs)
    const select = antiFraud.figures.callsBlockedToday!
    expect(select(fold(journal), untilMs).value).toBe(select(fold(whole), untilMs).value)
    expect(journal.map(({ id }) => id).sort()).toEqual(whole.map(({ id }) => id).sort())
  })

  test('tells a day the same way, whichever day was told before', () => {
    expect(tellFraud(1)(firstDay + 9)).toEqual(tell(firstDay + 9))
  })

  test('with another seed has other ids, so that two can be told to one wall', () => {
    const ids = new Set(lines.map(({ id }) => id))
    expect(
      tellFraud(2)(firstDay)
        .flat()
        .filter(({ id }) => ids.has(id)),
    ).toEqual([])
  })

  test('tells this story in this version: when it changes, raise fraudVersion', () => {
    const text = JSON.stringify([fraudVersion, tell(firstDay)])
    expect(createHash('sha256').update(text).digest('hex').slice(0, 16)).toMatchInlineSnapshot(
      `"4b2bcf0145c92484"`,
    )
  })
})
