import type { Audience, FeedEvent } from '#protocol/event.ts'
import type { Down } from '#protocol/feed.ts'
import type { Lens } from './lens.ts'

/** A message as it goes over the wire, made once and written to every socket that wants it. */
export type Frame = Buffer
export const encodeFrame = (message: Down): Frame => Buffer.from(JSON.stringify(message))

/** What a frame holds at most; one event alone may be larger, it is never cut. */
const eventsPerFrame = 128
const bytesPerFrame = 64 * 1024

/** Frames that cover every seq in from..to for one audience. */
export const encodeEvents = (
  see: Lens,
  audience: Audience,
  events: readonly FeedEvent[],
  from: number,
  to: number,
): Frame[] => {
  const frames: Frame[] = []
  let next = from
  const encode = (some: FeedEvent[], last: number): void => {
    const isOne = some.length <= 1
    // all in one go: a call for each event takes half as long again
    const frame =
      some.length <= eventsPerFrame
        ? encodeFrame({ kind: 'events', from: next, to: last, events: some })
        : null
    if (frame && (isOne || frame.length <= bytesPerFrame)) {
      frames.push(frame)
      next = last + 1
      return
    }
    const half = some.slice(0, Math.ceil(some.length / 2))
    encode(half, half.at(-1)!.seq)
    encode(some.slice(half.length), last)
  }
  encode(
    events.flatMap((event) => see(event, audience) ?? []),
    to,
  )
  return frames
}

/** The last events, kept so that a screen that blinked gets what it missed without a read of the journal. */
export interface Recent {
  add(events: readonly FeedEvent[]): void
  /** Everything after `seq`, or null when some of it is no longer here. */
  after(seq: number): FeedEvent[] | null
}

export const createRecent = (startSeq: number, limit: number): Recent => {
  let events: FeedEvent[] = []
  let completeAfter = startSeq
  return {
    add(added) {
      events.push(...added)
      // trimmed seldom, so that a busy feed does not copy the list for every commit
      if (events.length <= 4 * limit) return
      completeAfter = events.at(-limit - 1)!.seq
      events = events.slice(-limit)
    },
    after: (seq) => (seq < completeAfter ? null : events.filter((event) => event.seq > seq)),
  }
}
