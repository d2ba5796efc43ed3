import type { Provenance } from '#protocol/figure.ts'
import { ownSource } from '#protocol/source.ts'
import type { Kind, Owner, Priority, RuleId, ShelfReason } from './alarms.codes.ts'
import type { Load } from './load.ts'

/** What an alarm says, as visitors may not have it. */
export interface Told {
  rule: RuleId
  of: Kind
  subject: string
  since: number
  owner: Owner
  division?: string
  lon?: number
  lat?: number
  category?: string
  summary?: string
  /** who told of what it is about; absent where the server noticed it by itself */
  sources?: readonly string[]
}

/** One alarm that is not over. */
export interface Alarm {
  alarm: string
  priority: Priority
  /** absent where an audience may not have it */
  told?: Told
  /** what visitors may know of it */
  shown?: { of: Kind; category?: string; division?: string }
  raisedAt: number
  /** when it was last told, ms, and how often it was */
  announcedAt: number
  announcements: number
  /** 0: it is not */
  ackedAt: number
  ackedBy?: string
  /** 0: what it is about goes on */
  clearedAt: number
  /** it was told again for want of an answer to it, not of an acknowledgement */
  isEscalated: boolean
  /** the alarm that it stands under */
  parent?: string
  shelf?: { until: number; reason: ShelfReason; text?: string; by: string }
  simulated: boolean
  /** the event that raised it, which tells its sources */
  raising: NonNullable<Provenance['newest']>
  newest: NonNullable<Provenance['newest']>
}

export interface Alarms {
  open: Map<string, Alarm>
  load: Load
  /** when what sounded was last silenced, ms */
  silencedAt: number
  /** when the rules were last known to be watched, ms; 0: never, so that no alarm is no news */
  watchedAt: number
  /** when they were first, ms: what is said of a day is said of no more than that */
  watchedSince: number
  /** the newest arrival, ms: the only clock that a fold has */
  clockMs: number
}

/** The states of ISA-18.2 that an open alarm can be in. */
export type Standing = 'unacknowledged' | 'acknowledged' | 'returned' | 'shelved' | 'suppressed'

export const standingOf = (one: Alarm): Standing => {
  if (one.parent !== undefined) return 'suppressed'
  if (one.shelf) return 'shelved'
  if (one.clearedAt > 0) return 'returned'
  return one.ackedAt > 0 ? 'acknowledged' : 'unacknowledged'
}

/** It stands on the list, by itself. */
export const isListed = (one: Alarm): boolean => one.parent === undefined && !one.shelf

/** On the list, and nobody has taken it on. */
export const isUnacked = (one: Alarm): boolean => isListed(one) && one.ackedAt === 0

/** It is over, and nobody has to see it any more: of priority 3, or under another, it goes by itself. */
export const isOver = (one: Alarm): boolean =>
  one.clearedAt > 0 &&
  (one.ackedAt > 0 || one.priority === 3 || one.parent !== undefined || one.shelf !== undefined)

/** Whose word it rests on; the server's own, where nobody else told of it or this audience may not know who. */
export const sourcesOf = ({ told }: Pick<Alarm, 'told'>): readonly string[] =>
  told?.sources ?? [ownSource]

/** What one rule says of one thing. */
export const keyOf = (rule: string, subject: string): string => `${rule} ${subject}`
