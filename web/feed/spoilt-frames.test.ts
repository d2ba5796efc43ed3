import { expect, it } from 'vitest'
import type { Down } from '#protocol/feed.ts'
import { createFeedClient, type SocketEvents } from './client.ts'
import type { Link } from './link.ts'

const serverTime = Date.UTC(2026, 10, 23)
const welcome: Down = { kind: 'welcome', epoch: 'e', seq: 5, serverTime, mode: 'snapshot' }
const snapshot: Down = { kind: 'snapshot', seq: 5, topics: { a: 1 } }

/** A screen that has joined; `socket` is the one it has now. */
const openClient = (over: { onTracks?(): void; onSnapshot?(): void } = {}) => {
  const seen = { sent: [] as string[], sockets: 0, snapshots: 0 }
  let socket: SocketEvents | null = null
  let link: Link | null = null
  let due: { delayMs: number; task: () => void } | null = null
  let nowMs = 0
  let watch = () => {}
  const client = createFeedClient({
    audience: 'wall',
    monotonic: () => nowMs,
    after(delayMs, task) {
      due = { delayMs, task }
      return () => {}
    },
    every(_, task) {
      watch = task
      return () => {}
    },
    random: () => 0,
    open(events) {
      socket = events
      seen.sockets += 1
      return { send: (text) => seen.sent.push(text), close: () => {} }
    },
    onSnapshot() {
      seen.snapshots += 1
      over.onSnapshot?.()
    },
    onEvents: () => {},
    onUnits: () => {},
    onTracks: over.onTracks ?? (() => {}),
    onServed: () => {},
    onLink: (next) => {
      link = next
    },
  })
  const join = () => {
    socket!.opened()
    for (const down of [welcome, snapshot]) socket!.text(JSON.stringify(down))
  }
  client.start()
  join()
  return {
    seen,
    client,
    join,
    get link() {
      return link!
    },
    get due() {
      return due
    },
    text: (text: string) => socket!.text(text),
    bytes: (bytes: Uint8Array) => socket!.bytes(bytes),
    pass(ms: number) {
      nowMs += ms
      watch()
    },
  }
}

it.each([
  '<html>502 Bad Gateway</html>',
  'null',
  '7',
  '[]',
  '{"kind":7}',
  '{"kind":"snapshot","seq":6,"topics":null}',
  '{"kind":"events","from":6,"to":6,"events":null}',
  '{"kind":"events","from":6,"to":6,"events":[{"seq":6}]}',
  '{"kind":"events","from":7,"to":6,"events":[]}',
  '{"kind":"heartbeat","serverTime":"soon","seq":5,"recording":true,"faults":[]}',
  '{"kind":"heartbeat","serverTime":1e999,"seq":5,"recording":true,"faults":[]}',
  '{"kind":"units","from":1e9,"names":["a"],"simulated":[]}',
  '{"kind":"served","at":1,"topics":{"a":null}}',
  '{"kind":"bye","code":1,"reason":"x","retryAfterMs":-1}',
])('joins anew, from a snapshot, after what is no word of the server: %s', (text) => {
  const screen = openClient()
  expect(screen.link.state).toBe('live')
  screen.text(text)
  expect(screen.link).toMatchObject({ gap: 1 })
  screen.due!.task()
  screen.join()
  expect(JSON.parse(screen.seen.sent.at(-1)!)).not.toHaveProperty('resume')
  expect(screen.link).toMatchObject({ state: 'live', seq: 5, gap: 1, reconnects: 1 })
  expect(screen.seen).toMatchObject({ sockets: 2, snapshots: 2 })
  expect(screen.client.serverNow()).toBe(serverTime)
})

it('leaves a message that it does not know to who does', () => {
  const screen = openClient()
  screen.text('{"kind":"weather"}')
  expect(screen.link).toMatchObject({ state: 'live', gap: 0, reconnects: 0 })
})

it('joins anew when what it was given cannot be taken in', () => {
  const screen = openClient({
    onTracks() {
      throw new RangeError('a track frame was cut')
    },
  })
  screen.bytes(new Uint8Array(3))
  expect(screen.link).toMatchObject({ gap: 1 })
})

it('takes rubbish for no sign of life', () => {
  const screen = openClient()
  screen.pass(7000)
  screen.text('rubbish')
  screen.pass(1500)
  expect(screen.link.state).toBe('lost')
})

it('stays away no longer than five minutes, whoever says so', () => {
  const screen = openClient()
  screen.text('{"kind":"bye","code":4000,"reason":"x","retryAfterMs":9007199254740991}')
  screen.text('rubbish')
  expect(screen.due!.delayMs).toBe(300_000)
})
