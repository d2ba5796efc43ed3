import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toMinute } from '#protocol/beijing.ts'
import { type EventDefinitions, redactBody } from '#protocol/definition.ts'
import { audiences, type FeedEvent } from '#protocol/event.ts'
import { smallCount } from '#protocol/figure.ts'
import { type Scenes, sceneNow } from '#protocol/scene.ts'
import { isServed, servedOf } from '#protocol/served.ts'
import { decodeState, encodeState } from '#protocol/snapshot.ts'
import { nounOf, type Topic } from '#protocol/topic.ts'
import { templateEvents } from './_template/template.events.ts'
import { templateScenes } from './_template/template.scenes.ts'
import { template } from './_template/template.ts'
import { definitions, topics, watches } from './index.ts'
import { scenes } from './scenes.ts'

const subjects: { topic: Topic; definitions: EventDefinitions; scenes: Scenes }[] = [
  ...topics.map((topic) => ({ topic, definitions, scenes: scenes[topic.name]! })),
  { topic: template, definitions: templateEvents, scenes: templateScenes },
]

const fold = (topic: Topic, events: readonly FeedEvent[], state = topic.initial()) => {
  for (const event of events) topic.evolve(state, event)
  return state
}
const throughWire = (state: unknown) => decodeState(JSON.parse(JSON.stringify(encodeState(state))))

/** Any disorder that the door lets through: shuffled, repeated under a new seq, with odd flags and arrivals. */
const disorder = (events: readonly FeedEvent[]) =>
  fc
    .array(
      fc.record({
        index: fc.nat(events.length - 1),
        seenAfterMs: fc.integer({ min: -60_000, max: 90_000_000 }),
        // a sender's clock may say anything; that of the server, which stamps the arrival, does not
        hostileAt: fc.option(fc.integer({ min: 0, max: 8_640_000_000_000_000 }), { freq: 8 }),
        flags: fc.subarray(['simulated', 'backfill', 'clockSuspect'] as const),
      }),
      { minLength: 1, maxLength: 120 },
    )
    .map((picks) =>
      picks.map(({ index, seenAfterMs, hostileAt, flags }, n) => {
        const event = events[index]!
        return {
          ...event,
          at: hostileAt ?? event.at,
          seq: n + 1,
          id: `${event.id}-${n}`,
          flags,
          seenAt: event.at + seenAfterMs,
        }
      }),
    )

describe.each(subjects)('$topic.name', ({ topic, definitions, scenes }) => {
  const every = Object.values(scenes).flat()

  it('snapshot and tail give what the whole gives', () => {
    fc.assert(
      fc.property(disorder(every), fc.nat(120), (events, cut) => {
        const head = throughWire(fold(topic, events.slice(0, cut)))
        const whole = fold(topic, events)
        expect(fold(topic, events.slice(cut), head)).toEqual(whole)
        expect(throughWire(whole)).toEqual(whole)
      }),
    )
  })

  it.each(audiences)(
    'what %s gets is the same redacted before the fold or after it',
    (audience) => {
      const redact = (event: FeedEvent): FeedEvent => ({
        ...event,
        body: redactBody(definitions[event.type]!, event.body, audience),
      })
      fc.assert(
        fc.property(disorder(every), (events) => {
          // where it is served, not one of its events leaves
          const left = isServed(topic, audience) ? [] : events.map(redact)
          const before = fold(topic, left)
          expect(topic.redact(fold(topic, events), audience)).toEqual(before)
        }),
      )
    },
  )

  it('accepts its own scenes and examples at the door', () => {
    for (const { type, body } of every) definitions[type]!.body.parse(body)
    for (const [type, { body, example }] of Object.entries(definitions)) {
      if (!topic.nouns.includes(nounOf(type))) continue
      const { v: _, ...rest } = example
      body.parse(rest)
    }
  })

  it.each(Object.entries(scenes))(
    'figures of scene %s name their rule and their window',
    (_, events) => {
      const state = fold(topic, events)
      for (const select of Object.values(topic.figures)) {
        const { value, provenance } = select(state, sceneNow)
        expect(provenance.rule).toMatch(new RegExp(`^${topic.name}\\.rule\\.`))
        if (events.length === 0) expect([value, provenance.count]).toEqual([null, 0])
        if (value !== null && value > 0) expect(provenance.newest).not.toBeNull()
      }
    },
  )
})

describe.each(watches)('$name, on the server only', (watch) => {
  const every = Object.values(scenes)
    .flatMap((each) => Object.values(each).flat())
    .filter(({ type }) => watch.nouns.includes(nounOf(type)))

  it('snapshot and tail give what the whole gives', () => {
    fc.assert(
      fc.property(disorder(every), fc.nat(120), (events, cut) => {
        const head = throughWire(fold(watch, events.slice(0, cut)))
        const whole = fold(watch, events)
        expect(fold(watch, events.slice(cut), head)).toEqual(whole)
        expect(throughWire(whole)).toEqual(whole)
      }),
    )
  })
})

describe.each(audiences)('topics that are served to %s', (audience) => {
  const served = topics.filter((topic) => isServed(topic, audience))
  const folded = topics.filter((topic) => !isServed(topic, audience))

  it('share no noun with those that it folds, which would lack these events', () => {
    const nouns = served.flatMap((topic) => topic.nouns)
    expect(folded.filter((topic) => topic.nouns.some((noun) => nouns.includes(noun)))).toEqual([])
  })

  it('are all those that fold everything, where anything is served', () => {
    const missing = folded.filter(({ foldsAll }) => foldsAll && served.length > 0)
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  it.each(served)('say "no data" of $name before its first word, and withhold nothing', (topic) => {
    const { figures } = servedOf(topic, topic.initial(), audience, sceneNow)
    const values = Object.values(figures).map(({ value, under }) => value ?? under ?? null)
    expect(new Set(values)).toEqual(new Set([null]))
  })

  it.each(served)('withhold what is small in every scene of $name', (topic) => {
    for (const events of Object.values(scenes[topic.name]!)) {
      const state = fold(topic, events)
      const { figures } = servedOf(topic, state, audience, sceneNow)
      for (const [name, select] of Object.entries(topic.figures)) {
        const { base, rest } = select(state, toMinute(sceneNow))
        const { value, under, beside: _, provenance, ...left } = figures[name]!
        expect([name, Object.keys(left)]).toEqual([name, ['unit']])
        expect(provenance.newest).toBeNull()
        if (base === undefined) continue
        const isWithheld = base < smallCount || (rest ?? smallCount) < smallCount
        expect([name, value === null]).toEqual([name, isWithheld])
        expect([name, under ?? null]).toEqual([name, isWithheld ? smallCount : null])
        expect(provenance.count ?? smallCount).toBeGreaterThanOrEqual(smallCount)
      }
    }
  })
})
