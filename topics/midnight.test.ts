import { describe, expect, it } from 'vitest'
import { dayMs, midnightOf, minuteMs, weekMs } from '#protocol/beijing.ts'
import type { Figure } from '#protocol/figure.ts'
import { createFold } from '#protocol/fold.ts'
import { sceneNow } from '#protocol/scene.ts'
import type { Topic } from '#protocol/topic.ts'
import { measureByHourOfDay } from './anti-fraud/anti-fraud.rows.ts'
import type { Fraud } from './anti-fraud/series.ts'
import type { Incidents } from './incidents/incident.ts'
import { callsByHourOfDay } from './incidents/incidents.hours.ts'
import { topics } from './index.ts'
import { scenes } from './scenes.ts'

const midnight = midnightOf(sceneNow)
const nextMidnight = midnight + dayMs
const lastMinute = nextMidnight - minuteMs / 2
const firstMinute = nextMidnight + minuteMs / 2

const stateOf = (topic: Topic): unknown => {
  const fold = createFold([topic], (_, __, fault) => {
    throw fault
  })
  const states = fold.fresh()
  for (const event of scenes[topic.name]!.busy) fold.apply(states, event)
  return states.get(topic.name)
}
const states = new Map(topics.map((topic) => [topic.name, stateOf(topic)]))
const figureOf = (topic: Topic, name: string, now: number): Figure =>
  topic.figures[name]!(states.get(topic.name), now)

const all = topics.flatMap((topic) =>
  Object.keys(topic.figures).map((name) => ({ topic, name, full: `${topic.name}.${name}` })),
)
const windowed = (fromMs: number) =>
  all.filter(
    ({ topic, name }) => figureOf(topic, name, lastMinute).provenance.window?.fromMs === fromMs,
  )
const ofToday = windowed(midnight)
const usual = windowed(midnight - 4 * weekMs)

describe('at midnight in Beijing', () => {
  it('there is something to turn', () => {
    const told = ofToday.filter(({ topic, name }) => figureOf(topic, name, lastMinute).value)
    expect(told.length).toBeGreaterThan(25)
    expect(usual.length).toBeGreaterThan(8)
  })

  it.each(ofToday)('$full begins anew, with nothing of yesterday in it', ({ topic, name }) => {
    const { value, provenance } = figureOf(topic, name, firstMinute)
    expect(provenance.window?.fromMs).toBe(nextMidnight)
    expect(value ?? 0).toBe(0)
    expect(provenance.newest).toBeNull()
  })

  it.each(usual)('$full is of the new weekday', ({ topic, name }) => {
    const { window } = figureOf(topic, name, firstMinute).provenance
    expect(window?.fromMs).toBe(nextMidnight - 4 * weekMs)
  })

  it('the hours of a chart begin anew, against those of the new weekday', () => {
    const measured = { measure: 'calls-blocked', quantity: 'count' } as const
    const charts = [
      (now: number) => callsByHourOfDay(states.get('incidents') as Incidents, now),
      (now: number) => measureByHourOfDay(measured)(states.get('anti-fraud') as Fraud, now),
    ]
    for (const chart of charts) {
      const before = chart(lastMinute).map(({ today }) => today)
      expect(before.filter((calls) => calls !== null)).toHaveLength(24)
      expect(before.some((calls) => calls! > 0)).toBe(true)
      const [first, ...later] = chart(firstMinute).map(({ today }) => today)
      expect(first).toBe(0)
      expect(new Set(later)).toEqual(new Set([null]))
    }
  })
})
