import type { Audience, FeedEvent } from './event.ts'
import type { Figure } from './figure.ts'

/** Computes a figure from a topic's state; `now` is server time, ms. */
export type Select<State> = {
  // a method, so that a list of topics may hold states of any kind
  select(state: State, now: number): Figure
}['select']

/**
 * One subject of the wall, as a decider: state is nothing but the fold of its events.
 * The server and every screen fold with the same `evolve`.
 *
 * Two laws hold for every topic, and `topics/laws.test.ts` tests them:
 * `fold(events) = fold(tail, decode(encode(fold(head))))` and `fold(redact(events)) = redact(fold(events))`.
 */
export interface Topic<State = unknown> {
  /** kebab-case; also its folder, and the first half of its figures' names */
  name: string
  /** raise it when the shape or the meaning of the state changes: old checkpoints are then folded anew */
  stateVersion: number
  /** the event nouns it folds: `incident` for `incident.*`. It is given no other event. */
  nouns: readonly string[]
  /** with nothing new for this long, its panel says "stale" */
  staleAfterMs: number
  initial(): State
  /** Changes `state` in place; depends on nothing but its two arguments (no clock, no chance). */
  evolve(state: State, event: FeedEvent): void
  /** When each source was last heard, ms of arrival: how old what is shown is, and who has gone quiet. */
  heard(state: State): ReadonlyMap<string, number>
  /** The state as an audience may have it. */
  redact(state: State, audience: Audience): State
  /** Figures by name; on screen and in `/api/state` as `<topic>.<name>`. */
  figures: Record<string, Select<State>>
}

/** The noun of an event type: `incident` of `incident.onScene`. */
export const nounOf = (type: string): string => type.slice(0, type.indexOf('.'))
