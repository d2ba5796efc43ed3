import type { FeedEvent } from '#protocol/event.ts'
import { nounOf, type Topic } from '#protocol/topic.ts'
import { evolve, initial } from './alarms.evolve.ts'
import { takeFact } from './alarms.facts.ts'
import { reactToFacts } from './alarms.react.ts'
import { noFacts } from './facts.ts'
import type { Watch } from './watch.ts'

/** An alarm that was raised is not raised for the same beginning again. */
const overKeptMs = 36 * 3_600_000

const take = (state: Watch, event: FeedEvent): void => {
  if (nounOf(event.type) !== 'alarm') return takeFact(state.facts, event)
  evolve(state.alarms, event)
  if (event.type !== 'alarm.raised') return
  state.raised.set(event.body.alarm as string, event.at)
  for (const [alarm, at] of state.raised) {
    if (at >= event.at - overKeptMs) break
    state.raised.delete(alarm)
  }
}

/**
 * What raises alarms: folded on the server only, since it reads events of units and sources that not every screen may
 * have. What it notices is told by events of the noun `alarm`, which `alarms` folds on every screen.
 */
export const alarmWatch: Topic<Watch> = {
  name: 'alarm-watch',
  stateVersion: 3,
  nouns: ['alarm', 'incident', 'patrol', 'feed', 'cell'],
  staleAfterMs: Number.POSITIVE_INFINITY,
  initial: () => ({ facts: noFacts(), alarms: initial(), raised: new Map() }),
  evolve: take,
  react: reactToFacts,
  heard: () => new Map(),
  redact: (state) => state,
  figures: {},
}
