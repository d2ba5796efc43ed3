import type { EventDefinitions } from '#protocol/definition.ts'
import { redactBody } from '#protocol/definition.ts'
import type { Audience, FeedEvent } from '#protocol/event.ts'
import type { Down, Events } from '#protocol/feed.ts'

/** A message as it goes over the wire, made once and written to every socket that wants it. */
export type Frame = Buffer
export const encodeFrame = (message: Down): Frame => Buffer.from(JSON.stringify(message))

/** A live frame holds at most this many events, so that no single frame fills a client's allowance. */
const eventsPerFrame = 200

export const redactEvent = (
  definitions: EventDefinitions,
  event: FeedEvent,
  audience: Audience,
): FeedEvent => {
  const definition = definitions[event.type]
  return definition ? { ...event, body: redactBody(definition, event.body, audience) } : event
}

/** Frames that cover every seq in from..to for one audience. */
export const encodeEvents = (
  definitions: EventDefinitions,
  audience: Audience,
  events: readonly FeedEvent[],
  from: number,
  to: number,
): Frame[] => {
  const frames: Frame[] = []
  let next = from
  for (let first = 0; first === 0 || first < events.length; first += eventsPerFrame) {
    const some = events.slice(first, first + eventsPerFrame)
    const isLast = first + eventsPerFrame >= events.length
    const message: Events = {
      kind: 'events',
      from: next,
      to: isLast ? to : some.at(-1)!.seq,
      events: some.map((event) => redactEvent(definitions, event, audience)),
    }
    next = message.to + 1
    frames.push(encodeFrame(message))
  }
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
