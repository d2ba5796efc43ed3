import type { Events } from '#protocol/feed.ts'
import { definitions, topics } from '#topics/index.ts'
import { createLens } from '../../server/feed/lens.ts'
import { ours, type Way } from './dialect.ts'
import { listenOurs } from './our-hub.ts'
import { floor, madeBeforehand, socketIoEmit, wsEach, wsLoop } from './peers.ts'

/** Sizes of a message as it is heard, and of how many events: a single word, and a flood's worth. */
export const sizes = { '200 B': 1, '20 KB': 94 } as const
export type Size = keyof typeof sizes

const audience = 'visitor'
const see = createLens(definitions, topics)
const begin = '{"kind":"events"'

/** Every seq of a run has so many digits: a message of one size has the same length in every process. */
const firstSeq = 100_000
let lastSeq = firstSeq - 1
/** What the journal would have committed: with places, units and words that a visitor may not have. */
const commit = (events: number): Events => {
  const from = lastSeq + 1
  lastSeq += events
  const type = events === 1 ? 'incident.dispatched' : 'incident.reported'
  return {
    kind: 'events',
    from,
    to: lastSeq,
    events: Array.from({ length: events }, (_, n) => ({
      seq: from + n,
      id: `c${(from + n).toString(36)}`,
      type,
      at: 1_790_000_000_000,
      seenAt: 1_790_000_000_500,
      source: 'cad',
      flags: [],
      body: { ...definitions[type]!.example, incident: `i${(from + n).toString(36)}` },
    })),
  }
}

/** The peers are given what is left for the audience, so that all send the same bytes. */
const redacted = (whole: Events): Events => ({
  ...whole,
  events: whole.events.flatMap((event) => see(event, audience) ?? []),
})

const encode = (message: Events): Buffer => Buffer.from(JSON.stringify(message))

const oursWay: Way<Events> = {
  dialect: ours(audience, begin),
  listen(server) {
    const { apply } = listenOurs(server, audience, firstSeq - 1)
    return ({ events }) => apply(events)
  },
}

export const ways: Record<string, Way<Events>> = {
  ours: oursWay,
  floor: floor(encode, begin),
  'floor, buffer made beforehand': madeBeforehand(encode, begin),
  'ws, encoded once': wsLoop(encode, begin),
  'Socket.IO': socketIoEmit('events'),
  'ws, JSON.stringify per client': wsEach(begin),
}

export const makeMessages = (way: Way<Events>, size: Size, count: number): Events[] =>
  Array.from({ length: count }, () => {
    const whole = commit(sizes[size])
    return way === oursWay ? whole : redacted(whole)
  })

/** What a client is to be sent for one message of a size: the same text on every side, in the side's own wrapping. */
export const bytesOf = (name: string, size: Size): number =>
  encode(redacted(commit(sizes[size]))).length + (ways[name]!.dialect.wrapBytes ?? 0)
