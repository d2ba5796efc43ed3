import { closeCodes, type Down, protocolVersion } from '#protocol/feed.ts'
import { createFold } from '#protocol/fold.ts'
import { servedOf } from '#protocol/served.ts'
import { encodeState } from '#protocol/snapshot.ts'
import { createTrackTable, decodeTracks, encodeTracks, unitsAtMost } from '#protocol/track-frame.ts'
import { assemble } from '#server/assemble.ts'
import { readUp } from '#server/feed/read-up.ts'
import { newMemoryDisk, openMemoryJournal } from '#server/journal/memory.ts'
import { createSimulatedWorld } from '#server/simulated-world.ts'
import { definitions, topics } from '#topics/index.ts'
import { createFeedClient, type SocketEvents } from '#web/feed/client.ts'
import type { Link } from '#web/feed/link.ts'
import { createTrackStore } from '#web/store/tracks.ts'
import { doorNow, eventExamples, sceneEvents } from '../corpus.ts'
import { type FuzzDoor, jsonOf, type Taker, wants } from '../door.ts'

const decoder = new TextDecoder()
const epoch = '00000000000000000000000000000001'
const beat = {
  kind: 'beat',
  page: '0a1b2c3d',
  screen: 'hall-1',
  isVisible: true,
  drawnAgoMs: 12,
  seq: 7,
  gap: 0,
  dup: 0,
  reorder: 0,
}
const hello = { kind: 'hello', protocol: protocolVersion, audience: 'wall' }

/** Every message is a screen of its own, or the second word of one that has said hello. */
const openFeedUp = async (): Promise<Taker> => {
  const world = createSimulatedWorld(1, doorNow)
  const core = await assemble({
    world,
    journal: openMemoryJournal(newMemoryDisk(world), world),
    topics,
    definitions,
    simulatedSources: new Set(),
  })
  const lines = eventExamples.map((value, n) => ({ line: n + 1, value }))
  const answer = core.ingest.accept(lines, { isBackfill: false, isSimulated: false })
  await world.pass(100)
  wants((await answer).refused.length === 0, 'the examples are refused')
  const codes = new Set<number>(Object.values(closeCodes))
  let told = 0

  const say = (words: readonly string[]) => {
    const seen = { frames: 0, code: null as number | null, reason: '' }
    const joined = core.hub.join({
      send(frame, written) {
        seen.frames += 1
        if (seen.frames === 1) JSON.parse(frame.toString())
        written()
      },
      close(code, reason) {
        Object.assign(seen, { code, reason })
      },
      terminate: () => {},
    })
    for (const word of words) joined.text(word)
    joined.closed()
    return seen
  }
  return {
    take(input) {
      const text = decoder.decode(input)
      told += 1
      const first = say([text])
      const second = say([JSON.stringify(hello), text])
      return () => {
        const up = readUp(text)
        wants(
          (up === null) === (first.code === closeCodes.badMessage) || up?.kind === 'beat',
          'two minds',
        )
        for (const { code, reason } of [first, second])
          wants(code === null || (codes.has(code) && reason.length < 120), `closed with ${code}`)
        wants(
          up === null || up.kind !== 'hello' || typeof up.audience === 'string',
          'a hello of nobody',
        )
        wants(core.hub.counted.failures === 0, `the feed failed on ${text.slice(0, 200)}`)
        wants(core.hub.clients === 0, 'a screen that left is still there')
        const faults = core.screens.faults()
        wants(
          faults.every(({ message }) => message.length < 200),
          'a fault as long as its sender likes',
        )
        // the least that a server does for its screens, which a message may have spoilt
        if (told % 500 === 0) void world.pass(2100)
      }
    },
    close: () => core.close(),
  }
}

const feedUp: FuzzDoor = {
  name: 'feed-up',
  corpus: [
    hello,
    { ...hello, audience: 'visitor' },
    { ...hello, resume: { epoch, seq: 3 } },
    { kind: 'ping' },
    beat,
    { ...beat, screen: '', isVisible: false },
  ].map(jsonOf),
  open: openFeedUp,
}

/** The state of every topic after all scenes: what a snapshot is made of. */
const encodedStates = (() => {
  const fold = createFold(topics, () => {})
  const states = fold.fresh()
  for (const [n, event] of sceneEvents.entries()) if (n % 12 === 0) fold.apply(states, event)
  return states
})()

const snapshotTopics = Object.fromEntries(
  topics.map(({ name, redact }) => [name, encodeState(redact(encodedStates.get(name), 'wall'))]),
)
const small = Object.fromEntries(topics.map(({ name, initial }) => [name, encodeState(initial())]))
const fault = {
  id: 'journal',
  severity: 'error' as const,
  message: 'Not recording',
  tip: 'Look',
  since: doorNow,
}
const downs: readonly Down[] = [
  { kind: 'welcome', epoch, seq: 5, serverTime: doorNow, mode: 'snapshot' },
  { kind: 'welcome', epoch, seq: 5, serverTime: doorNow, mode: 'resumed' },
  { kind: 'snapshot', seq: 5, topics: small },
  {
    kind: 'events',
    from: 6,
    to: 8,
    events: eventExamples
      .slice(0, 2)
      .map((event, n) => ({ ...event, seq: 6 + n, seenAt: doorNow, flags: [] })),
  },
  { kind: 'heartbeat', serverTime: doorNow, seq: 5, recording: true, faults: [fault] },
  { kind: 'units', from: 0, names: ['JH-12', 'ML-03'], simulated: [1] },
  { kind: 'bye', code: 4008, reason: 'too far behind', retryAfterMs: 1000 },
  { kind: 'notice', code: 'x', message: 'y' },
  {
    kind: 'served',
    at: doorNow,
    topics: { [topics[1]!.name]: servedOf(topics[1]!, topics[1]!.initial(), 'shared', doorNow) },
  },
]
const frame = (count: number): Uint8Array =>
  encodeTracks(
    Array.from({ length: count }, (_, n) => ({
      index: n * 3,
      fix: {
        at: doorNow - 400 * n,
        lon: 100 + n / 100,
        lat: 22,
        speedKmh: n,
        headingDeg: n % 2 ? null : n,
      },
    })),
    doorNow,
    true,
  )[0]!

/** A screen that has joined and has two units, and is then sent one frame more, after which the server itself goes on. */
const openFeedDown = (): Taker => {
  const error = console.error
  console.error = () => {}
  return {
    take(input) {
      let nowMs = 0
      let link: Link | null = null
      let retries = 0
      let socket: SocketEvents | null = null
      const fold = createFold(topics, () => {})
      const store = createTrackStore()
      let states = fold.fresh()
      const client = createFeedClient({
        audience: 'wall',
        monotonic: () => nowMs,
        after(_, task) {
          retries += 1
          return queue(task)
        },
        every: () => () => {},
        random: () => 0.5,
        open(events) {
          socket = events
          return { send: () => {}, close: () => {} }
        },
        onSnapshot: (encoded) => {
          states = fold.decode(encoded)
        },
        onEvents: (events) => {
          for (const event of events) fold.apply(states, event)
        },
        onUnits: (units) => store.name(units),
        onTracks: (bytes) => store.take(bytes),
        onServed: () => {},
        onLink: (next) => {
          link = next
        },
      })
      const due: (() => void)[] = []
      const queue = (task: () => void) => {
        due.push(task)
        return () => {}
      }
      const join = () => {
        socket!.opened()
        for (const down of [downs[0]!, downs[2]!, downs[5]!, downs[4]!])
          socket!.text(JSON.stringify(down))
      }
      client.start()
      join()
      const isText = input[0] !== 1
      if (isText) socket!.text(decoder.decode(input))
      else socket!.bytes(input)
      store.now()
      return () => {
        nowMs = 60_000
        for (const task of due.splice(0)) task()
        if (retries > 0) join()
        const { state, seq, gap, dup, reorder } = link!
        wants(retries <= 1, `${retries} retries`)
        wants([seq, gap, dup, reorder].every(Number.isSafeInteger), 'counts that are none')
        wants(Number.isFinite(client.serverNow()), 'a clock that is none')
        wants(
          retries === 0 || (state === 'live' && seq === 5),
          `joined again and ${state} at ${seq}`,
        )
        wants(states.size === topics.length, 'a state without a topic')
        wants(store.now().table.fixAt.length <= unitsAtMost, 'a table of units that nobody has')
        client.stop()
      }
    },
    close: () => {
      console.error = error
    },
  }
}

const feedDown: FuzzDoor = {
  name: 'feed-down',
  corpus: [...downs.map(jsonOf), frame(1), frame(2)],
  open: openFeedDown,
}

const trackFrame: FuzzDoor = {
  name: 'track-frame',
  corpus: [frame(1), frame(3), frame(40), frame(300)],
  open: () => ({
    take(input) {
      const table = createTrackTable(1)
      let count = -1
      try {
        count = decodeTracks(input, table, 2000).count
      } catch (fault) {
        if (!(fault instanceof RangeError)) throw fault
      }
      return () => {
        if (count === -1) return wants(table.size === 0, 'a refused frame was half unpacked')
        wants(table.size <= 2000 && table.size >= count, 'units beyond those that have a name')
        for (let index = 0; index < table.size; index++) {
          const place = [table.positions[2 * index]!, table.positions[2 * index + 1]!]
          wants(place.every(Number.isFinite), 'a place that is none')
          wants(Number.isFinite(table.fixAt[index]), 'a time that is none')
        }
      }
    },
  }),
}

const snapshot: FuzzDoor = {
  name: 'snapshot',
  corpus: [
    jsonOf(small),
    ...topics
      .map(({ name }) => jsonOf({ [name]: snapshotTopics[name] }))
      .filter(({ length }) => length < 8000),
  ],
  open: () => {
    const fold = createFold(topics, () => {})
    return {
      take(input) {
        let decoded: ReadonlyMap<string, unknown> | null = null
        try {
          decoded = fold.decode(JSON.parse(decoder.decode(input)))
        } catch (fault) {
          // what the feed's client catches; anything else would not come from a decoder
          const isKnown = [SyntaxError, TypeError, RangeError].some((kind) => fault instanceof kind)
          if (!isKnown) throw fault
        }
        return () => {
          if (!decoded) return
          wants(decoded.size === topics.length, 'a state without a topic')
          for (const state of decoded.values()) {
            if (typeof state !== 'object' || state === null) continue
            const family: unknown = Object.getPrototypeOf(state)
            const known: unknown[] = [
              Object.prototype,
              Array.prototype,
              Map.prototype,
              Set.prototype,
            ]
            wants(known.includes(family), 'a state of another kind')
          }
        }
      },
    }
  },
}

/** What goes over the socket, up and down. */
export const feedDoors: readonly FuzzDoor[] = [feedUp, feedDown, trackFrame, snapshot]
