import type { Body, FeedEvent } from '#protocol/event.ts'
import { sceneNow } from '#protocol/scene.ts'
import { antiFraud } from './anti-fraud.ts'
import type { Fraud } from './series.ts'

/** Only for this topic's tests. */
export const now = sceneNow

export const fold = (events: readonly FeedEvent[]): Fraud => {
  const state = antiFraud.initial()
  for (const event of events) antiFraud.evolve(state, event)
  return state
}

/** One increment of one, at Menglong, unless `body` says otherwise. */
export const measured = (at: number, body: Body, more: Partial<FeedEvent> = {}): FeedEvent => ({
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

export const calls = (at: number, count: number, more: Partial<FeedEvent> = {}): FeedEvent =>
  measured(at, { measure: 'calls-blocked', count }, more)

export const figureAt = (state: Fraud, name: string, at = now) =>
  antiFraud.figures[name]!(state, at)

export const valueAt = (state: Fraud, name: string, at = now): number | null =>
  figureAt(state, name, at).value
