import { dayMs, hourMs, minuteMs } from '#protocol/beijing.ts'
import { effectiveAt, type FeedEvent } from '#protocol/event.ts'
import type { Provenance } from '#protocol/figure.ts'
import type { Declaration } from '#protocol/source.ts'
import type { FeedFault } from './feed-health.codes.ts'
import type { CountedSource, FeedBodies } from './feed-health.events.ts'
import { type Hours, noHours } from './hours.ts'

/** What counts as lately: faults are judged by it. */
export const latelyMs = 10 * minuteMs
/** A slow source is judged by its last events, if they are no older. */
export const lagsKeptMs = hourMs
/** So many events say whether a source is late. */
export const eventsToJudge = 5
/** More sources than this are one: somebody makes up names. As at the door. */
export const feedsAtMost = 1000
export const others = 'others'
/** Whom the door counts lines for that do not say whose they are: nobody who could promise anything. */
export const unnamed = 'unnamed'

/** One minute of arrivals. */
export interface Minute {
  /** taken into the journal, live or as history */
  accepted: number
  /** live ones, by the step of their lag */
  lags: Map<number, number>
  /** live ones whose time cannot be: ahead of the server's, or a day behind */
  amiss: number
  duplicates: number
  refused: number
}

/** What the door counted on one day. */
export interface Troubles {
  duplicates: number
  refused: number
  masked: number
}

export type Newest = NonNullable<Provenance['newest']>
/** A fault that is not over. */
export type Raised = Omit<FeedBodies['feed.faultRaised'], 'source' | 'fault' | 'cause'>

/** One source, as the journal knows it. */
export interface Feed {
  source: string
  /** what it promised; null: nothing */
  declared: Declaration | null
  isRetired: boolean
  /** when it was last declared or retired, ms; 0: never */
  declaredAt: number
  /** its last word of any kind, ms of arrival; of a word that is no event, up to a minute late; 0: none */
  heardAt: number
  /** its event that arrived last */
  record: Newest | null
  /** the last event of it or about it */
  newest: Newest
  /** when anything simulated last came of it, ms; 0: never */
  simulatedAt: number
  records: Hours
  fixes: Hours
  /** by day (midnight in Beijing, ms): today and yesterday */
  troubles: Map<number, Troubles>
  /** by minute of arrival (its start, ms): the last ten */
  minutes: Map<number, Minute>
  /** arrival and lag of its last live events, ms */
  lastLags: [seenAt: number, lagMs: number][]
  /** arrival of its newest event that was sent as history, ms; 0: none */
  historyAt: number
  /** what the door had counted when it was last journaled, and since which start of the server */
  totals: (Omit<CountedSource, 'source' | 'heardAt'> & { openedAt: number }) | null
  faults: Map<FeedFault, Raised>
}

export interface FeedHealth {
  feeds: Map<string, Feed>
  /** when the door's counts were last journaled, ms */
  countedAt: number
  /** how many events have told of them */
  counts: number
  /** the last arrival, ms: the only clock that a fold has */
  clockMs: number
  /** first arrival under a clock that has jumped ahead, ms; 0: it has not, or is back */
  jumpedAtMs: number
  prunedAtMs: number
}

export const freshFeed = (source: string): Feed => ({
  source,
  declared: null,
  isRetired: false,
  declaredAt: 0,
  heardAt: 0,
  record: null,
  newest: { id: '', at: 0, seenAt: 0 },
  simulatedAt: 0,
  records: noHours(),
  fixes: noHours(),
  troubles: new Map(),
  minutes: new Map(),
  lastLags: [],
  historyAt: 0,
  totals: null,
  faults: new Map(),
})

/** How far a sender's clock may run ahead of the server's before its times are not believed. */
const aheadAtMostMs = hourMs

/** When an event happened; a time that lies in the future would be in no window and never grow old. */
export const timeOf = (event: FeedEvent): number => {
  const at = effectiveAt(event)
  return at > event.seenAt + aheadAtMostMs ? event.seenAt : at
}

/** Anything that came of it in the last days was made up. */
export const isSimulated = ({ simulatedAt }: Feed, clockMs: number): boolean =>
  simulatedAt > 0 && clockMs - simulatedAt < 8 * dayMs

export const isDeclared = ({ declared }: Feed): boolean => declared !== null

/** What is wrong with it; of a retired source nothing is. */
export const faultsOf = (feed: Feed): ReadonlyMap<FeedFault, Raised> =>
  feed.isRetired ? new Map() : feed.faults
