import { expect, it } from 'vitest'
import type { Down } from '#protocol/feed.ts'
import { createSimulatedTicker } from '../store/simulated-ticker.ts'
import { createFeedClient, type SocketEvents } from './client.ts'
import type { Link } from './link.ts'

/** A client, and the far end of whatever socket it has open. */
const openClient = () => {
  const { ticker, pass } = createSimulatedTicker()
  const sockets: SocketEvents[] = []
  const hellos: { resume?: { epoch: string; seq: number } }[] = []
  let link: Link | null = null
  const shown = { snapshots: [] as number[], to: 0, served: 0 }
  const client = createFeedClient({
    ...ticker,
    audience: 'wall',
    random: () => 0.5,
    open(events) {
      sockets.push(events)
      ticker.after(1, () => events.opened())
      return { send: (text) => hellos.push(JSON.parse(text)), close() {} }
    },
    onSnapshot: (_, seq) => void shown.snapshots.push(seq),
    onEvents: (_, to) => {
      shown.to = to
    },
    onUnits() {},
    onTracks() {},
    onServed() {
      shown.served += 1
    },
    onLink: (next) => {
      link = next
    },
  })
  client.start()
  const say = (...messages: Down[]) => {
    for (const message of messages) sockets.at(-1)!.text(JSON.stringify(message))
  }
  pass(1)
  return { say, pass, shown, hellos, sockets, link: () => link! }
}

const welcome = (epoch: string, seq: number, mode: 'snapshot' | 'resumed' = 'snapshot'): Down => ({
  ...{ kind: 'welcome', serverTime: 0 },
  ...{ epoch, seq, mode },
})
const snapshot = (seq: number): Down => ({ kind: 'snapshot', seq, topics: {} })
const events = (from: number, to: number): Down => ({ kind: 'events', from, to, events: [] })
const heartbeat = (seq: number): Down => ({
  ...{ kind: 'heartbeat', serverTime: 0, recording: true, faults: [] },
  seq,
})

it.each([
  ['a heartbeat that is ahead', heartbeat(5)],
  ['events after a gap', events(5, 6)],
  ['events that overlap', events(2, 6)],
])('does not say live while %s tells that it is behind', (_, message) => {
  const { say, link } = openClient()
  say(welcome('a', 3), snapshot(3))
  expect(link().state).toBe('live')
  say(message)
  expect(link().state).toBe('connecting')
})

it('takes nothing from a socket that has not said of which journal it speaks', () => {
  const { say, pass, link, shown, hellos, sockets } = openClient()
  say(welcome('a', 9), snapshot(9))
  sockets.at(-1)!.closed()
  pass(1000)
  // the journal is another by now; its welcome was lost on the way
  say(snapshot(4), events(10, 12), heartbeat(4), { kind: 'served', at: 0, topics: {} })
  expect([link().state, shown]).toEqual(['connecting', { snapshots: [9], to: 0, served: 0 }])
  // it goes on to speak, and never says what it owes
  for (let n = 0; n < 6; n++) {
    pass(2000)
    say(heartbeat(4))
  }
  expect(sockets.length).toBe(3)
  say(welcome('b', 4), snapshot(4))
  expect(link()).toMatchObject({ state: 'live', epoch: 'b', seq: 4 })
  expect(hellos.at(-1)!.resume).toEqual({ epoch: 'a', seq: 9 })
})

it('asks anew on a first socket that speaks and never welcomes it', () => {
  const { say, pass, sockets } = openClient()
  for (let n = 0; n < 6; n++) {
    say(heartbeat(4))
    pass(2000)
  }
  expect(sockets.length).toBe(2)
})
