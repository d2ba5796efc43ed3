import type { FeedEvent } from './event.ts'
import { isServed } from './served.ts'
import { decodeState, encodeState } from './snapshot.ts'
import { partsOfState } from './state-parts.ts'
import { nounOf, type Topic } from './topic.ts'

/** State by topic name. */
export type States = Map<string, unknown>

/** A topic threw on an event: the event is skipped there, the wall goes on and says so. */
export type OnFault = (topic: string, event: FeedEvent, fault: unknown) => void

/** The one way to fold, for the server, a screen and the tests. */
export interface Fold {
  fresh(): States
  /** Every topic that listens to the event's noun takes it in. */
  apply(states: States, event: FeedEvent): void
  encode(states: States): Record<string, unknown>
  /** The JSON of the same, in parts that are each made in a moment. */
  parts(states: States): Generator<string>
  decode(encoded: Record<string, unknown>): States
}

/** Whose screen folds: what is served to its audience stays as it began there. The server folds everything. */
export const createFold = (
  topics: readonly Topic[],
  onFault: OnFault,
  audience: string | null = null,
): Fold => {
  const byNoun = new Map<string, Topic[]>()
  const folded = audience === null ? topics : topics.filter((topic) => !isServed(topic, audience))
  const ofAll = folded.filter(({ foldsAll }) => foldsAll)
  for (const topic of folded) {
    if (topic.foldsAll) continue
    for (const noun of topic.nouns) byNoun.set(noun, [...(byNoun.get(noun) ?? []), topic])
  }
  const listening = (noun: string): readonly Topic[] => {
    const known = byNoun.get(noun)
    return known ? [...known, ...ofAll] : ofAll
  }
  const fresh = (): States => new Map(topics.map((topic) => [topic.name, topic.initial()]))
  return {
    fresh,
    apply(states, event) {
      for (const topic of listening(nounOf(event.type))) {
        try {
          topic.evolve(states.get(topic.name), event)
        } catch (fault) {
          onFault(topic.name, event, fault)
        }
      }
    },
    encode: (states) =>
      Object.fromEntries(topics.map(({ name }) => [name, encodeState(states.get(name))])),
    parts: (states) => partsOfState(Object.fromEntries(states), 3),
    decode(encoded) {
      const states = fresh()
      for (const { name } of topics) {
        // a topic that the other side does not know starts empty
        if (name in encoded) states.set(name, decodeState(encoded[name]))
      }
      return states
    },
  }
}
