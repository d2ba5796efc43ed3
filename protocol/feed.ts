import type { FeedEvent } from './event.ts'

/** Raise it when a message changes its meaning; `protocol/feed.test.ts` holds the fingerprint. */
export const protocolVersion = 1

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
/** What a screen may say. */
export type Up = Hello | Ping

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
export type Down = Welcome | Snapshot | Events | Units | Heartbeat | Notice | Bye

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
/** No frame for this long and a screen calls the connection lost, ms. */
export const lostAfterMs = 10_000
/** Resume sends at most this many missed events; beyond it, a snapshot. */
export const resumeLimit = 300
