import type { Audience, FeedEvent } from '#protocol/event.ts'
import type { Down } from '#protocol/feed.ts'
import type { Lens } from './lens.ts'

/** A message as it goes over the wire, made once and written to every socket that wants it. */
export type Frame = Buffer
export const encodeFrame = (message: Down): Frame => Buffer.from(JSON.stringify(message))

/** A frame is closed when it has reached either; an event is never cut. */
const eventsPerFrame = 200
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
  let texts: string[] = []
  let bytes = 0
  const close = (last: number): void => {
    frames.push(
      Buffer.from(`{"kind":"events","from":${next},"to":${last},"events":[${texts.join(',')}]}`),
    )
    next = last + 1
    texts = []
    bytes = 0
  }
  for (const [n, event] of events.entries()) {
    const seen = see(event, audience)
    if (!seen) continue
    const text = JSON.stringify(seen)
    texts.push(text)
    bytes += Buffer.byteLength(text)
    const isFull = texts.length >= eventsPerFrame || bytes >= bytesPerFrame
    if (isFull && n < events.length - 1) close(event.seq)
  }
  close(to)
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
