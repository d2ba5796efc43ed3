import { hourMs } from '#protocol/beijing.ts'
import { effectiveAt, type FeedEvent } from '#protocol/event.ts'
import type { Tally } from '#protocol/figure.ts'
import type { Category, Ending, Step } from './incidents.codes.ts'
import { steps } from './incidents.codes.ts'

/** What can carry a time: a step of the life cycle, or a unit's leaving. */
export type Stamp = Step | 'cleared'

/** One incident. Every field is reached from its events in any order: firsts are minima, lasts are maxima. */
export interface Incident {
  incident: string
  /** the latest report; its fields are absent before it arrives, and where an audience may not have them */
  report: {
    at: number
    id: string
    category: Category
    level: number
    division: string
    lon?: number
    lat?: number
    summary?: string
  } | null
  /** where the call is counted: its earliest report */
  counted: { at: number; source: string; simulated: boolean } | null
  /** earliest and latest time of each stamp, ms */
  first: Map<Stamp, number>
  last: Map<Stamp, number>
  ended: { how: Ending; at: number; into?: string } | null
  reopenedAt: number | null
  /** by call sign: when it was last put on this incident, and last taken off, ms (0: never) */
  units: Map<string, { onAt: number; offAt: number }>
  /** effective time of the latest event, ms: what is over leaves the state by it */
  touchedAt: number
  sources: Set<string>
  simulated: boolean
  /** the event that arrived last */
  newest: { id: string; at: number; seenAt: number }
}

export interface Incidents {
  byNumber: Map<string, Incident>
  /** calls taken, by the hour (its start, ms) and source */
  callsByHour: Map<number, Map<string, Tally>>
  /** open incidents that left the state untouched */
  abandoned: number
  /** by source: its newest arrival, ms */
  heardAt: Map<string, number>
  /** the newest arrival, ms: the only clock that a fold has */
  clockMs: number
  prunedAtMs: number
}

/** How far a sender's clock may run ahead of the server's before its times are not believed. */
export const aheadMs = hourMs

/**
 * When an event happened. A time further ahead of its arrival is taken for the arrival, whatever the
 * event is flagged: what lies in the future would be in no window and would never grow old.
 */
export const timeOf = (event: FeedEvent): number => {
  const at = effectiveAt(event)
  return at > event.seenAt + aheadMs ? event.seenAt : at
}

/** Start of the first hour that a call was counted in, ms; Infinity before any. */
export const firstHourOf = ({ callsByHour }: Incidents): number => {
  let firstMs = Number.POSITIVE_INFINITY
  for (const hour of callsByHour.keys()) if (hour < firstMs) firstMs = hour
  return firstMs
}

/** When it came in: its earliest report or, where no report arrived, the first time that is known of it. */
export const cameInAt = (one: Incident): number | null => {
  const reportedAt = one.first.get('reported')
  if (reportedAt !== undefined) return reportedAt
  let firstAt = one.ended?.at ?? null
  for (const at of one.first.values()) if (firstAt === null || at < firstAt) firstAt = at
  return firstAt
}

/** Reported, and not ended since it was last taken up. */
export const isOpen = (one: Incident): boolean =>
  one.report !== null && (one.ended === null || (one.reopenedAt ?? -1) > one.ended.at)

/** The furthest step reached since the incident was last taken up. */
export const stepOf = (one: Incident): Step => {
  const sinceMs = one.reopenedAt ?? 0
  return steps.findLast((step) => (one.last.get(step) ?? -1) >= sinceMs) ?? 'reported'
}

/** Whether two of its stamps contradict the order of the life cycle. */
export const isOutOfOrder = (one: Incident): boolean => {
  const times = steps.map((step) => one.first.get(step)).filter((at) => at !== undefined)
  return times.some((at, index) => index > 0 && at < times[index - 1]!)
}

/** Call signs of the units that are on it now. */
export const unitsOn = (one: Incident): string[] =>
  Array.from(one.units)
    .filter(([, { onAt, offAt }]) => onAt > offAt)
    .map(([unit]) => unit)
