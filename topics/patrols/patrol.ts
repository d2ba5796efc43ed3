import type { Tally } from '#protocol/figure.ts'
import type { Status } from './patrols.codes.ts'

/** A condition that comes and goes: when it last began and when it last ended, ms (0: never). */
export interface Spell {
  fromMs: number
  toMs: number
}

/** One unit. What came last counts, by the time at which it happened. */
export interface Unit {
  unit: string
  /** its latest start; null while only something else is known of it */
  start: {
    at: number
    id: string
    callSign: string
    post?: string
    segment?: string
    dueAt?: number
  } | null
  endedAt: number
  status: { at: number; id: string; status: Status } | null
  /** when it last said anything itself, ms of arrival at the latest */
  wordAt: number
  fixLost: Spell
  silent: Spell
  /** the due time that it was last found to have missed, ms */
  missedDueAt: number | null
  lastPass: { segment: string; checkpoint: number; at: number } | null
  /** the time of its latest event, ms */
  touchedAt: number
  /** its latest arrival, ms */
  cameAt: number
  sources: Set<string>
  simulated: boolean
  /** the event that arrived last */
  newest: { id: string; at: number; seenAt: number }
}

/** A unit came by a checkpoint of a segment. */
export interface Pass {
  unit: string
  checkpoint: number
  at: number
  simulated: boolean
}

/** When a segment was last patrolled. */
export interface PatrolledSegment {
  at: number
  source: string
  simulated: boolean
  newest: { id: string; at: number; seenAt: number }
}

/** Who sends positions without being on the roster, on the latest day that it did. */
export interface Stranger {
  /** midnight in Beijing, ms */
  day: number
  /** it went on the roster since */
  isRostered: boolean
  source: string
  simulated: boolean
  newest: { id: string; at: number; seenAt: number }
}

export interface RollCalls extends Tally {
  answered: number
}

export interface Patrols {
  units: Map<string, Unit>
  /** by segment: its passes of the last hours, one for each unit and checkpoint */
  passes: Map<string, Pass[]>
  segments: Map<string, PatrolledSegment>
  strangers: Map<string, Stranger>
  /** by day (midnight in Beijing, ms) and source */
  rollCalls: Map<number, Map<string, RollCalls>>
  /** any event named a unit: before that, what is counted in units is unknown and not 0 */
  knowsUnits: boolean
  /** units on duty that left the state untouched */
  abandoned: number
  /** the newest arrival of an event that was sent as history, ms: until it is all there nothing is judged */
  historyAtMs: number
  heardAt: Map<string, number>
  /** the newest arrival, ms: the only clock that a fold has */
  clockMs: number
  prunedAtMs: number
}

/** On the roster: started, and not ended since. */
export const isOnDuty = ({ start, endedAt }: Unit): boolean => start !== null && start.at > endedAt

const isIn = ({ start }: Unit, spell: Spell): boolean =>
  spell.fromMs > spell.toMs && spell.fromMs > (start?.at ?? 0)

/** On duty and not heard in any way. */
export const isSilent = (one: Unit): boolean => isOnDuty(one) && isIn(one, one.silent)

/** On duty and without positions, whether it is heard otherwise or not. */
export const lacksFix = (one: Unit): boolean => isOnDuty(one) && isIn(one, one.fixLost)

export const isOverdue = (one: Unit): boolean =>
  isOnDuty(one) && one.start?.dueAt !== undefined && one.start.dueAt === one.missedDueAt

/** What it said it is doing since it went on duty. */
export const statusOf = (one: Unit): Status | null =>
  isOnDuty(one) && one.status && one.status.at >= one.start!.at ? one.status.status : null
