import { describe, expect, test } from 'vitest'
import type { Call } from '#mock/calls.ts'
import { hourMs, minuteMs } from '#mock/clock.ts'
import { createRandom } from '#mock/random.ts'
import type { EventDefinitions } from '#protocol/definition.ts'
import { incidentEvents } from './incidents.events.ts'
import { tellIncident } from './incidents.mock.ts'

const atMs = Date.UTC(2026, 10, 22, 4)

/** A call in a township of 20 cars, all free. */
const callOf = (change: Partial<Call> = {}): Call => {
  const cars = Array.from({ length: 20 }, (_, index) => `JH-GS-${index}`)
  return {
    ...{ incident: '0417', atMs, lon: 100.8, lat: 22, division: '532801003' },
    ...{ urban: true, sparse: false, recent: null },
    choose: (_branch, count, wantedMs) => ({ units: cars.splice(0, count), fromMs: wantedMs }),
    hold: () => {},
    ...change,
  }
}
const tell = (seed: number, change?: Partial<Call>) =>
  tellIncident(createRandom(seed), callOf(change))
const many = Array.from({ length: 600 }, (_, seed) => tell(seed))
const typesOf = (told: { type: string }[]) => told.map(({ type }) => type.slice(9))

describe('an incident', () => {
  test('is told the same way by the same seed', () => expect(tell(5)).toEqual(tell(5)))

  test('begins with its call and ends, in whole seconds and in order', () => {
    for (const told of many) {
      expect(told[0]).toMatchObject({ type: 'incident.reported', at: atMs })
      expect(typesOf(told).join()).toMatch(/closed|passedTo12345|falseReport|transferred/)
      for (const [index, { at }] of told.entries()) {
        expect(at % 1000).toBe(0)
        expect(at).toBeGreaterThanOrEqual(told[index - 1]?.at ?? atMs)
      }
    }
  })

  test('is written in words that the door takes', () => {
    for (const { type, body } of many.flat()) {
      expect(
        (incidentEvents as EventDefinitions)[type]!.body.safeParse(body).error,
        type,
      ).toBeUndefined()
    }
  })

  test('frees every unit that it bound, after it has cleared', () => {
    for (const seed of many.keys()) {
      const bound = new Set<string>()
      const freed = new Map<string, number>()
      const { choose } = callOf()
      const told = tell(seed, {
        choose(...asked) {
          const choice = choose(...asked)
          for (const unit of choice.units) bound.add(unit)
          return choice
        },
        hold: (unit, untilMs) => freed.set(unit, untilMs),
      })
      expect(new Set(freed.keys())).toEqual(bound)
      for (const { type, at, body } of told) {
        if (type !== 'incident.unitCleared') continue
        expect(Math.floor(freed.get(String(body.unit))! / 1000)).toBe(at / 1000)
      }
    }
  })

  test('waits while no unit is free', () => {
    const fromMs = atMs + 3 * hourMs
    const choose = () => ({ units: ['JH-GS-1'], fromMs })
    const dispatches = Array.from(many.keys(), (seed) => tell(seed, { choose }))
      .flat()
      .filter(({ type }) => type === 'incident.dispatched')
    expect(dispatches.length).toBeGreaterThan(300)
    expect(new Set(dispatches.map(({ at }) => at))).toEqual(new Set([fromMs]))
  })

  test('lacks the stamps that its station does not send', () => {
    const sparse = Array.from(many.keys(), (seed) => tell(seed, { sparse: true })).flat()
    expect(typesOf(many.flat())).toContain('acknowledged')
    expect(typesOf(sparse)).not.toContain('acknowledged')
    expect(typesOf(sparse)).not.toContain('handled')
  })

  test('takes longer to reach where it is far', () => {
    const median = (urban: boolean) => {
      const ways = Array.from(many.keys(), (seed) => tell(seed, { urban })).flatMap((told) => {
        const there = told.find(({ type }) => type === 'incident.onScene')
        return there ? [there.at - atMs] : []
      })
      return ways.sort((a, b) => a - b)[ways.length >> 1]!
    }
    expect(median(false) - median(true)).toBeGreaterThan(3 * minuteMs)
  })

  test('may be a second call about the same thing, and then nobody is sent', () => {
    const [recent] = tell(1, { incident: '0416' })
    const echoes = Array.from(many.keys(), (seed) => tell(seed, { recent: recent! })).filter(
      (told) => told.at(-1)!.type === 'incident.merged',
    )
    expect(echoes.length).toBeGreaterThan(10)
    for (const told of echoes) {
      expect(typesOf(told)).toEqual(['reported', 'merged'])
      expect(told[1]!.body).toEqual({ incident: '0417', into: '0416' })
      expect(told[0]!.body).toEqual({ ...recent!.body, incident: '0417' })
    }
  })
})
