import { expect, it } from 'vitest'
import type { FeedEvent } from '#protocol/event.ts'
import type { Events } from '#protocol/feed.ts'
import { encodeEvents } from './recent.ts'

const eventOf = (seq: number, letters: number): FeedEvent => ({
  seq,
  id: `e${seq}`,
  type: 'test.happened',
  at: 0,
  seenAt: 0,
  source: 't',
  flags: [],
  body: { text: 'x'.repeat(letters) },
})
const read = (frames: Buffer[]) => frames.map((frame) => JSON.parse(frame.toString()) as Events)

/** Every seq in from..to is covered once, in order, and each event lies in the frame that covers it. */
const expectWhole = (messages: Events[], from: number, to: number, seqs: number[]) => {
  let next = from
  for (const message of messages) {
    expect(message.from).toBe(next)
    for (const { seq } of message.events) {
      expect(seq).toBeGreaterThanOrEqual(message.from)
      expect(seq).toBeLessThanOrEqual(message.to)
    }
    next = message.to + 1
  }
  expect(next).toBe(to + 1)
  expect(messages.flatMap(({ events }) => events.map(({ seq }) => seq))).toEqual(seqs)
}

it.each([0, 1, 5, 128, 129, 1000, 10_000])('covers every seq once with %i events', (count) => {
  const all = Array.from({ length: count }, (_, n) => eventOf(11 + n, n % 700))
  const frames = encodeEvents((event) => event, 'wall', all, 11, 10 + count)
  expectWhole(
    read(frames),
    11,
    10 + count,
    all.map(({ seq }) => seq),
  )
  for (const frame of frames) expect(frame.length).toBeLessThanOrEqual(65_536)
})

it('covers what an audience may not see too, also at the ends', () => {
  const all = Array.from({ length: 300 }, (_, n) => eventOf(1 + n, 900))
  const see = (event: FeedEvent) => (event.seq % 3 === 0 && event.seq < 290 ? event : null)
  const frames = encodeEvents(see, 'wall', all, 1, 300)
  expect(frames.length).toBeGreaterThan(1)
  expectWhole(
    read(frames),
    1,
    300,
    all.flatMap((event) => (see(event) ? [event.seq] : [])),
  )
})

it('cuts no event: one that is larger than a frame is a frame of its own', () => {
  const all = [eventOf(1, 10), eventOf(2, 100_000), eventOf(3, 10)]
  const messages = read(encodeEvents((event) => event, 'wall', all, 1, 3))
  expectWhole(messages, 1, 3, [1, 2, 3])
  expect(messages.find(({ events }) => events.some(({ seq }) => seq === 2))?.events).toHaveLength(1)
})
