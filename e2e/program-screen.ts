import { deepStrictEqual } from 'node:assert/strict'
import { WebSocket } from 'ws'
import type { FeedEvent } from '#protocol/event.ts'
import { createFold, type States } from '#protocol/fold.ts'
import { topics } from '#topics/index.ts'
import { createFeedClient } from '#web/feed/client.ts'
import type { Link } from '#web/feed/link.ts'
import { realWorld } from '../server/real-world.ts'

/** A screen without a page: the wall's own client and fold, over a real socket. */
export interface ProgramScreen {
  readonly states: States
  readonly link: Link
  /** the last seq that is folded here; `link` is told of it with the next heartbeat only */
  readonly seq: number
  /** how often it was given a whole state, up to which seq the last time, and how many events since then */
  readonly snapshots: number
  readonly snapshotSeq: number
  readonly eventsSince: number
  /** when its last socket was open, and when it was at the head after that, by `performance.now()` */
  readonly openedAtMs: number
  readonly liveAtMs: number
  /** Ends its socket without a word; it comes back by itself. */
  drop(): void
  /**
   * Throws what it could not fold, or what its standing checker has counted: a line may break, but what comes of it comes
   * in order.
   */
  /** what is folded, as a snapshot would say it */
  encoded(): Record<string, unknown>
  stop(): void
}

export interface ScreenOptions {
  /** 0 ≤ x < 1: how long it stays away */
  random?(): number
  onOpened?(): void
  onEvents?(events: FeedEvent[]): void
}

/** Throws unless every seq came once and in its order. */
export const assertInOrder = ({ gap, dup, reorder }: Pick<Link, 'gap' | 'dup' | 'reorder'>): void =>
  deepStrictEqual({ gap, dup, reorder }, { gap: 0, dup: 0, reorder: 0 })

export const openProgramScreen = (
  url: string,
  token: string,
  options: ScreenOptions = {},
): ProgramScreen => {
  const fold = createFold(topics, (topic, { seq }, fault) => {
    throw new Error(`${topic} at seq ${seq}: ${String(fault)}`)
  })
  let states = fold.fresh()
  let link: Link | null = null
  let socket: WebSocket | null = null
  let seq = 0
  let snapshots = 0
  let snapshotSeq = 0
  let eventsSince = 0
  let fault: unknown = null
  let openedAtMs = 0
  let liveAtMs = 0
  const { monotonic, after, every } = realWorld.clock
  const client = createFeedClient({
    audience: 'wall',
    monotonic,
    after,
    every,
    // come back sooner than a wall would, so that a test sees many returns
    random: options.random ?? (() => Math.random() / 5),
    open(events) {
      const own = new WebSocket(`${url.replace('http', 'ws')}/feed`, {
        headers: { authorization: `Bearer ${token}` },
      })
      socket = own
      own.on('open', () => {
        openedAtMs = performance.now()
        options.onOpened?.()
        events.opened()
      })
      own.on('message', (message, isBinary) => {
        try {
          if (isBinary) events.bytes(new Uint8Array(message as Buffer))
          else events.text(message.toString())
        } catch (caught) {
          fault ??= caught
        }
      })
      own.on('error', () => {})
      own.on('close', () => events.closed())
      return { send: (text) => own.send(text), close: () => own.terminate() }
    },
    // it draws nothing, so nobody is in front of it; what it counts is told to the server like any page's
    beat: () => ({ screen: '', drawnAgoMs: 0, isVisible: false }),
    onSnapshot(encoded, to) {
      states = fold.decode(encoded)
      seq = to
      snapshots += 1
      snapshotSeq = to
      eventsSince = 0
    },
    onEvents(events, to) {
      for (const event of events) {
        // not by the client's word alone
        if (event.seq <= seq || event.seq > to)
          throw new Error(`seq ${event.seq} after ${seq}, in a message that ends at ${to}`)
        seq = event.seq
        fold.apply(states, event)
      }
      seq = to
      eventsSince += events.length
      options.onEvents?.(events)
    },
    onUnits: () => {},
    onServed: () => {},
    onTracks: () => {},
    onLink: (next) => {
      if (next.state === 'live' && link?.state !== 'live') liveAtMs = performance.now()
      link = next
    },
  })
  client.start()
  return {
    get states() {
      return states
    },
    get link() {
      return link!
    },
    get seq() {
      return seq
    },
    get snapshots() {
      return snapshots
    },
    get snapshotSeq() {
      return snapshotSeq
    },
    get eventsSince() {
      return eventsSince
    },
    get openedAtMs() {
      return openedAtMs
    },
    get liveAtMs() {
      return liveAtMs
    },
    drop: () => socket?.terminate(),
    stop() {
      client.stop()
      if (fault !== null) throw fault
      if (link) assertInOrder(link)
    },
    encoded: () => fold.encode(states),
  }
}
