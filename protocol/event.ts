/**
 * What a screen can be shown as. `wall`: staff of the centre. `shared`: a wall that people of several agencies read,
 * so that small counts of persons and cases are hidden. `visitor`: anybody who is walked past.
 */
export const audiences = ['wall', 'shared', 'visitor'] as const
export type Audience = (typeof audiences)[number]

/**
 * What the door had to say of an event.
 * - `simulated`: made up, by the mock or another source declared so;
 * - `backfill`: sent as history, so its own `at` is trusted and used for windows;
 * - `clockSuspect`: live, but more than 24 h behind or 5 min ahead of the server; windowed by `seenAt`.
 */
export const flags = ['simulated', 'backfill', 'clockSuspect'] as const
export type Flag = (typeof flags)[number]

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Body = { [key: string]: Json }

/** An event as a screen gets it. Times are integer ms since 1970 UTC. */
export interface FeedEvent<Type extends string = string, B = Body> {
  seq: number
  id: string
  /** `noun.pastVerb` */
  type: Type
  /** when it happened, by the sender's clock */
  at: number
  /** when it arrived, by the server's clock */
  seenAt: number
  source: string
  flags: Flag[]
  body: B
}

/** A row of the journal: an event and its place in the chain (SHA-256, lower-case hex). */
export interface JournalRow extends FeedEvent {
  prev: string
  hash: string
}

/** The time that windows and intervals use: the sender's, unless its clock is not to be believed. */
export const effectiveAt = (event: Pick<FeedEvent, 'at' | 'seenAt' | 'flags'>): number =>
  event.flags.includes('clockSuspect') ? event.seenAt : event.at
