import type { Command, Decision } from './command.ts'
import type { Audience, Body, FeedEvent } from './event.ts'
import type { Fault } from './feed.ts'
import type { Figure } from './figure.ts'
import type { Door, Standing } from './source.ts'
import type { Fix } from './track.ts'

/** A screen that stands on the wall and shows what it showed, by its name, and since when that is known, ms. */
export interface FrozenScreen {
  screen: string
  since: number
}

/** What `react` may look at besides the state: live, replayed and simulated time give the same occasions. */
export type Occasion =
  | { kind: 'event'; event: FeedEvent }
  | {
      kind: 'tick'
      /** server time, ms; a tick comes every second */
      now: number
      /** the latest fix of every unit that sent one since the last tick */
      fixes: readonly Fix[]
      /** the latest fix of a unit, however old, or null */
      lastFix(unit: string): Fix | null
      /** what the door knows of its sources and no event tells */
      door: Door
      /** the screens with a name that have stopped drawing; no event tells of them */
      frozen: readonly FrozenScreen[]
    }

/**
 * An event that nobody sends: the appender makes it. Its id is made of what it says, so that a second
 * reactor, or the same one after a restart, makes the same event and the journal knows it again.
 */
export interface Reaction {
  id: string
  type: string
  /** ms */
  at: number
  /** true when what it follows from is simulated */
  simulated: boolean
  /** without `cause`: the appender adds the id of the event that led to it, or `tick` */
  body: Body
}

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
  /** it is given the events of all other topics too, whose bodies it does not look at */
  foldsAll?: boolean
  /** with nothing new for this long, its panel says "stale" */
  staleAfterMs: number
  initial(): State
  /** Changes `state` in place; depends on nothing but its two arguments (no clock, no chance). */
  evolve(state: State, event: FeedEvent): void
  /**
   * What follows from the state and the occasion though nobody sends it: overdue, silent, patrolled. Runs on the
   * appender only, never in a fold; its events come back through `evolve` like all others, so it must not repeat what
   * the state already knows. Their schemas have a field `cause`.
   */
  react?(state: State, occasion: Occasion): Reaction[]
  /**
   * What a command of one of its nouns leads to, or why it is refused; `now` in ms. Runs on the appender only, one
   * command at a time, after everything that was applied. The schemas of its events have fields `actor` and `command`.
   */
  decide?(state: State, command: Command, now: number): Decision
  /** When each source was last heard, ms of arrival: how old what is shown is, and who has gone quiet. */
  heard(state: State): ReadonlyMap<string, number>
  /** How sources stand: the topic that looks after them tells the door and every screen. */
  sources?(state: State): ReadonlyMap<string, Standing>
  /** What is wrong now, as the topic has noticed it. */
  faults?(state: State): Fault[]
  /**
   * Audiences that do not fold this topic: its events would tell them small counts. They get its figures from the
   * server instead (`Served`), those below `smallCount` withheld.
   */
  servedTo?: readonly Audience[]
  /** Figures by name that an audience does not get even so: to it there is no data. */
  keptFrom?: Partial<Record<Audience, readonly string[]>>
  /** The state as an audience may have it. */
  redact(state: State, audience: Audience): State
  /** Figures by name; on screen and in `/api/state` as `<topic>.<name>`. */
  figures: Record<string, Select<State>>
}

/** The noun of an event type: `incident` of `incident.onScene`. */
export const nounOf = (type: string): string => type.slice(0, type.indexOf('.'))
