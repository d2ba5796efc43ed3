import type { FeedEvent } from './event.ts'
import type { Figure } from './figure.ts'
import type { Standing } from './source.ts'

/** Raise it when a message changes its meaning; `protocol/feed.test.ts` holds the fingerprint. */
export const protocolVersion = 2

export interface Hello {
  kind: 'hello'
  protocol: number
  audience: string
  /** what the client already has: the server then sends the rest, or a snapshot, never part */
  resume?: { epoch: string; seq: number }
}
export interface Ping {
  kind: 'ping'
}
/**
 * A page's own heartbeat, sent from where it draws: a page that is blocked cannot send it, and the server then says so.
 * From the first one on, the server expects another at least every `beatWithinMs`.
 */
export interface Beat {
  kind: 'beat'
  /** made up by the page when it was opened, 8 hex digits: the same over all its sockets */
  page: string
  /** what the screen is called, by its address (`?screen=`); else empty */
  screen: string
  /** how long ago it last drew a picture, ms */
  drawnAgoMs: number
  /** false: the page is in the background, where nobody reads it and it need not draw */
  isVisible: boolean
  /** the last seq in the picture */
  seq: number
  /** the standing checker, as `Link` has it: since the page was opened */
  gap: number
  dup: number
  reorder: number
}
/** What a screen may say. */
export type Up = Hello | Ping | Beat

export interface Welcome {
  kind: 'welcome'
  epoch: string
  /** the last seq of the journal when the client joined */
  seq: number
  serverTime: number
  mode: 'snapshot' | 'resumed'
}
export interface Snapshot {
  kind: 'snapshot'
  /** the last seq that is folded into it */
  seq: number
  /** state by topic name, as `protocol/snapshot.ts` encodes it */
  topics: Record<string, unknown>
}
/** Covers every seq in from..to; what this audience may not see is absent. */
export interface Events {
  kind: 'events'
  from: number
  to: number
  events: FeedEvent[]
}
/** What a screen gets of a topic whose events its audience may not fold: figures of the server's, small counts hidden. */
export interface Served {
  /** by name, without the topic's */
  figures: Record<string, Figure>
  /** as `Topic.heard` */
  heard: Record<string, number>
  /** as `Topic.sources`; absent where the topic has none */
  sources?: Record<string, Standing>
  /** as `Topic.faults` */
  faults?: Fault[]
}
/** What this audience gets of topics that it may not fold; replaces what was served of each before. */
export interface ServedTopics {
  kind: 'served'
  /** server time of the figures, ms */
  at: number
  /** by topic name; a topic that has not changed is absent */
  topics: Record<string, Served>
}
/**
 * Names the units of the binary track frames (`track-frame.ts`): index `from`, `from + 1`, … From 0 it starts
 * the list anew. Only for audiences that may see positions.
 */
export interface Units {
  kind: 'units'
  from: number
  names: string[]
  /** indices whose positions are made up */
  simulated: number[]
}
/** A fault of the wall itself, keyed; it goes when it clears. */
export interface Fault {
  id: string
  severity: 'warning' | 'error'
  message: string
  tip: string
  since: number
}
export interface Heartbeat {
  kind: 'heartbeat'
  serverTime: number
  seq: number
  /** false: what is sent to the door is not being kept */
  recording: boolean
  faults: Fault[]
}
export interface Notice {
  kind: 'notice'
  code: string
  message: string
}
export interface Bye {
  kind: 'bye'
  code: number
  reason: string
  /** how long to stay away, ms */
  retryAfterMs: number
}
/** What the server may say. */
export type Down = Welcome | Snapshot | Events | ServedTopics | Units | Heartbeat | Notice | Bye

/** Close codes of the feed (RFC 6455, 4000–4999 is the application's own range). */
export const closeCodes = {
  badMessage: 4000,
  wrongProtocol: 4002,
  audienceRefused: 4003,
  helloTimeout: 4004,
  tooSlow: 4008,
  tooManyMessages: 4029,
  goingAway: 1001,
  failed: 1011,
} as const

/** The server beats at least this often, ms. */
export const heartbeatEveryMs = 2000
/** A page beats this often, and one that has not for this long is frozen, ms. */
export const beatEveryMs = 5000
export const beatWithinMs = 20_000
/** No frame for this long and a screen calls the connection lost, ms: looked at twice a second, it is said within 10 s. */
export const lostAfterMs = 8000
/** Resume sends at most this many missed events; beyond it, a snapshot. */
export const resumeLimit = 300
