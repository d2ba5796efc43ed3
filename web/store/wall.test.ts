import { createPinia, setActivePinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { watch } from 'vue'
import type { FeedEvent } from '#protocol/event.ts'
import type { Down } from '#protocol/feed.ts'
import { encodeState } from '#protocol/snapshot.ts'
import type { Topic } from '#protocol/topic.ts'
import type { SocketEvents } from '#web/feed/client.ts'
import { useBelief, useFigure, useNow, useReckoned, useTopic } from './select.ts'
import { createSimulatedTicker } from './simulated-ticker.ts'
import { useWall } from './wall.ts'

interface Bells {
  rung: number
  heardAt: Map<string, number>
}
const bells: Topic<Bells> = {
  name: 'bells',
  stateVersion: 1,
  nouns: ['bell'],
  staleAfterMs: 60_000,
  initial: () => ({ rung: 0, heardAt: new Map() }),
  evolve(state, event) {
    if (event.type === 'bell.cracked') throw new Error('a cracked bell')
    state.rung += 1
    state.heardAt.set(event.source, event.seenAt)
  },
  heard: (state) => state.heardAt,
  redact: (state) => state,
  figures: {
    rung: (state, now) => ({
      value: state.rung,
      unit: 'count',
      provenance: {
        rule: 'bells.rule.rung',
        sources: [],
        window: { fromMs: 0, toMs: now },
        count: state.rung,
        excluded: {},
        newest: null,
        simulated: false,
      },
    }),
  },
}

const serverStart = Date.UTC(2026, 10, 22, 14, 41, 0)
const rung = (seq: number, type = 'bell.rung'): FeedEvent => ({
  seq,
  id: String(seq),
  type,
  at: serverStart,
  seenAt: serverStart + seq,
  source: 'tower',
  flags: [],
  body: {},
})

const openWall = (more: readonly Topic[] = []) => {
  setActivePinia(createPinia())
  const simulated = createSimulatedTicker()
  const wall = useWall()
  let socket: SocketEvents | null = null
  wall.start({
    topics: [bells as Topic, ...more],
    audience: 'wall',
    ticker: simulated.ticker,
    random: () => 0.5,
    open(events) {
      socket = events
      return { send: () => {}, close: () => {} }
    },
  })
  const say = (message: Down) => socket?.text(JSON.stringify(message))
  const serverTime = () => serverStart + simulated.ticker.monotonic()
  const welcome = (seq: number, aheadMs = 0) =>
    say({
      kind: 'welcome',
      epoch: 'e',
      seq,
      serverTime: serverTime() + aheadMs,
      mode: 'snapshot',
    })
  const snapshot = (seq: number) => {
    const state = encodeState({ rung: seq, heardAt: new Map([['tower', serverStart]]) })
    say({ kind: 'snapshot', seq, topics: { bells: state } })
  }
  const events = (...list: FeedEvent[]) =>
    say({ kind: 'events', from: list[0]!.seq, to: list.at(-1)!.seq, events: list })
  const beat = (seq: number, aheadMs = 0) =>
    say({
      kind: 'heartbeat',
      serverTime: serverTime() + aheadMs,
      seq,
      recording: true,
      faults: [],
    })
  return { wall, ...simulated, welcome, snapshot, events, beat, cut: () => socket?.closed() }
}

test('a snapshot replaces, events add, and one picture shows them together', () => {
  const { wall, draw, welcome, snapshot, events } = openWall()
  const figure = useFigure('bells.rung')
  const count = useTopic(bells, (state) => state.rung)
  expect(figure.value).toMatchObject({ name: 'bells.rung', value: 0 })
  welcome(5)
  snapshot(5)
  draw()
  expect([figure.value.value, count.value, wall.frame.seq]).toEqual([5, 5, 5])

  const pictures = vi.fn<(figure: { value: number | null }) => void>()
  watch(figure, pictures, { flush: 'sync' })
  for (let seq = 6; seq < 106; seq++) events(rung(seq))
  expect(pictures).not.toHaveBeenCalled()
  expect(wall.frame.seq).toBe(5)
  draw()
  expect(new Set(pictures.mock.calls.map(([{ value }]) => value))).toEqual(new Set([105]))
  expect([figure.value.value, wall.frame.seq, wall.frame.epoch]).toEqual([105, 105, 'e'])
})

test('a figure turns with the minute of the server, not with every second', () => {
  const { pass, draw, welcome, snapshot, beat } = openWall()
  const figure = useFigure('bells.rung')
  const now = useNow()
  welcome(1)
  snapshot(1)
  draw()
  const before = figure.value
  for (let second = 0; second < 58; second += 2) {
    pass(2000)
    beat(1)
  }
  expect(now.value).toBeGreaterThan(serverStart + 56_000)
  expect(figure.value).toBe(before)
  pass(2100)
  expect(figure.value.provenance.window?.toMs).toBe(serverStart + 60_000)
})

test('a lost link stops the clock and lets the ages go on', () => {
  const { wall, pass, draw, welcome, snapshot, cut } = openWall()
  const freshness = useBelief('bells')
  const [now, reckoned] = [useNow(), useReckoned()]
  expect(freshness.value.freshness).toBe('catching-up')
  welcome(1)
  snapshot(1)
  draw()
  expect(freshness.value.freshness).toBe('live')
  cut()
  pass(11_000)
  expect(wall.link?.state).toBe('lost')
  expect(freshness.value.freshness).toBe('lost')
  const stoppedAt = now.value
  pass(30_000)
  expect(now.value).toBe(stoppedAt)
  expect(reckoned.value - serverStart).toBeGreaterThan(39_000)
  expect(wall.lastWordMs).toBe(serverStart)
})

test('a page that was blocked shows nothing as live before it has heard anew, whatever runs first', () => {
  const firsts: Record<string, (of: ReturnType<typeof openWall>) => void> = {
    'a timer': ({ pass }) => pass(0),
    "the feed's next message": ({ beat, draw }) => {
      beat(1)
      draw()
    },
    "the map's picture": ({ wall }) => wall.look(),
    'a picture of its own': ({ draw }) => draw(),
  }
  for (const [name, runs] of Object.entries(firsts)) {
    const of = openWall()
    of.welcome(1)
    of.snapshot(1)
    of.pass(1500)
    expect(of.wall.beliefOf('bells').freshness).toBe('live')
    of.block(10_000)
    runs(of)
    expect([name, of.wall.beliefOf('bells').freshness]).toEqual([name, 'lost'])
    expect(of.wall.reckonedMs! - serverStart).toBe(11_500)
  }
})

test('a page that was blocked for less than is promised shows its ages as they are by then', () => {
  const { wall, welcome, snapshot, pass, block } = openWall()
  welcome(1)
  snapshot(1)
  pass(1500)
  block(5000)
  wall.look()
  expect(wall.beliefOf('bells').freshness).toBe('live')
  expect(wall.reckonedMs! - serverStart).toBe(6500)
})

test('a page that cannot keep up hears all the time, and is live no more when what it hears is old', () => {
  const { wall, welcome, snapshot, pass, beat } = openWall()
  welcome(1)
  snapshot(1)
  let lateMs = 0
  for (let n = 0; n < 30 && wall.link?.state !== 'lost'; n++) {
    pass(2000)
    lateMs += 500
    beat(1, -lateMs)
    wall.look()
  }
  expect(wall.link?.state).toBe('lost')
  expect(lateMs).toBeLessThanOrEqual(8000)
  expect(wall.beliefOf('bells').freshness).toBe('lost')
})

test('a machine that has slept tells it by its clock: nothing is live, and every age has gone on', () => {
  const { wall, welcome, snapshot, pass, sleep } = openWall()
  welcome(1)
  snapshot(1)
  pass(1500)
  sleep(3_600_000)
  wall.look()
  expect(wall.beliefOf('bells').freshness).toBe('lost')
  expect(wall.reckonedMs! - serverStart).toBe(3_601_500)
  expect(wall.lastWordMs).toBe(serverStart)
})

test('a page that slept while it was catching up has missed nothing', () => {
  const { wall, welcome, pass, block } = openWall()
  welcome(1)
  pass(1500)
  block(10_000)
  pass(1000)
  expect(wall.link).toMatchObject({ state: 'lost', gap: 0 })
})

test('a socket that ends says nothing: the last word is as old as before', () => {
  const { wall, welcome, snapshot, pass, cut } = openWall()
  welcome(1)
  snapshot(1)
  pass(7000)
  cut()
  pass(4000)
  expect(wall.link?.state).toBe('lost')
  expect(wall.lastWordMs).toBe(serverStart)
})

test('a server whose clock has been set back is believed as soon as it is joined anew', () => {
  const { wall, welcome, snapshot, draw, cut, pass } = openWall()
  welcome(1)
  snapshot(1)
  cut()
  pass(1000)
  welcome(1, -3_600_000)
  draw()
  expect(wall.frame.nowMs).toBe(serverStart + 1000 - 3_600_000)
})

test('an event that cannot be folded is a fault of the wall, and the rest goes on', () => {
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { wall, draw, welcome, snapshot, events } = openWall()
  const figure = useFigure('bells.rung')
  welcome(1)
  snapshot(1)
  events(rung(2, 'bell.cracked'), rung(3))
  draw()
  expect(figure.value.value).toBe(2)
  expect(wall.faults.map(({ id }) => id)).toEqual(['fold:bells'])
  expect(complaint).toHaveBeenCalledTimes(1)
  complaint.mockRestore()
})

test('sources are known by when they were last heard', () => {
  const { wall, draw, welcome, snapshot, events } = openWall()
  welcome(1)
  snapshot(1)
  events(rung(2))
  draw()
  expect(wall.heardSources).toEqual([
    { source: 'tower', freshness: 'live', newestMs: serverStart + 2, silent: [] },
  ])
})

test('a silent source makes what rests on it doubtful, but not who tells of its silence', () => {
  const silent = { intervalMs: 5000, numberPatterns: [], silentSince: serverStart }
  const watchman: Topic<Bells> = {
    ...bells,
    name: 'watchman',
    sources: () => new Map([['tower', silent]]),
  }
  const { wall, draw, welcome, snapshot, events } = openWall([watchman as Topic])
  welcome(1)
  snapshot(1)
  events(rung(2))
  draw()
  expect(wall.beliefOf('bells').freshness).toBe('silent')
  expect(wall.beliefOf('watchman')).toMatchObject({ freshness: 'live', silent: [] })
  expect(wall.heardSources).toMatchObject([{ source: 'tower', freshness: 'silent' }])
})

test('a name that does not exist is a mistake, not an empty place', () => {
  openWall()
  expect(() => useFigure('bells.cast')).toThrow('there is no figure bells.cast')
  expect(() => useFigure('gongs.rung')).toThrow('there is no topic gongs')
})
