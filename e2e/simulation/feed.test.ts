import { expect, it } from 'vitest'
import { toMinute } from '#protocol/beijing.ts'
import type { Audience, JournalRow } from '#protocol/event.ts'
import type { States } from '#protocol/fold.ts'
import { isKept, isServed, servedOf } from '#protocol/served.ts'
import { assemble, type Core } from '#server/assemble.ts'
import { createLens } from '#server/feed/lens.ts'
import { newMemoryDisk, openMemoryJournal } from '#server/journal/memory.ts'
import { createSimulatedWorld, type SimulatedWorld } from '#server/simulated-world.ts'
import type { World } from '#server/world.ts'
import { definitions, scenes, topics } from '#topics/index.ts'
import { createFeedClient, type SocketEvents } from '#web/feed/client.ts'
import type { Link } from '#web/feed/link.ts'
import { foldOf, strictFold } from '../journal-fold.ts'

const see = createLens(definitions, topics)
/** What the journal says that an audience must see: the oracle. */
const oracle = (rows: readonly JournalRow[], audience: Audience): States =>
  foldOf(rows, (event) => see(event, audience), audience)

/** The world as one process has it: when the process is killed, nothing of it runs on. */
const processOf = (world: SimulatedWorld) => {
  let isAlive = true
  const guarded = (task: () => void) => () => {
    if (isAlive) task()
  }
  const { clock } = world
  const own: World = {
    ...world,
    clock: {
      ...clock,
      after: (delayMs, task) => clock.after(delayMs, guarded(task)),
      every: (delayMs, task) => clock.every(delayMs, guarded(task)),
    },
  }
  return {
    world: own,
    kill() {
      isAlive = false
    },
  }
}

/** One seeded run: a server that is restarted, lines that fail, three kinds of screens, and the oracle. */
const run = async (
  seed: number,
): Promise<{ reconnects: number; snapshots: number; resumed: number }> => {
  const world = createSimulatedWorld(seed, Date.UTC(2026, 10, 22, 14))
  const { clock, random } = world
  const chance = (share: number) => random.next() < share
  const disk = newMemoryDisk(world)
  let kill = () => {}
  const start = (): Promise<Core> => {
    const process = processOf(world)
    kill = process.kill
    return assemble({
      world: process.world,
      journal: openMemoryJournal(disk, process.world),
      topics,
      definitions,
      simulatedSources: new Set(),
      allowance: { bytes: 200_000, messages: 60 },
    })
  }
  let core: Core | null = await start()
  let cuts: (() => void)[] = []
  let isCalm = false

  /** A line that delays, drops, doubles and swaps frames; the client must notice, and mend. */
  const openLine = (events: SocketEvents) => {
    let isOpen = true
    const end = () => {
      if (!isOpen) return
      isOpen = false
      joined?.closed()
      clock.after(random.next() * 50, () => events.closed())
    }
    const joined = core?.hub.join({
      send(frame, written, isBinary) {
        if (isBinary) return written()
        const text = frame.toString()
        const isEvents = text.startsWith('{"kind":"events"')
        if (!isCalm && isEvents && chance(0.02)) return written()
        const times = !isCalm && isEvents && chance(0.02) ? 2 : 1
        for (let n = 0; n < times; n++) {
          const delayMs = !isCalm && chance(0.02) ? random.next() * 400 : 1
          clock.after(delayMs, () => {
            if (isOpen) events.text(text)
            written()
          })
        }
      },
      close: () => clock.after(1, end),
      terminate: end,
    })
    if (joined) {
      cuts.push(end)
      clock.after(1, () => isOpen && events.opened())
    } else clock.after(1, () => events.closed())
    return {
      send: (text: string) => void clock.after(1, () => isOpen && joined?.text(text)),
      close: end,
    }
  }

  let snapshots = 0
  let resumed = 0
  const screens = (['wall', 'visitor', 'wall', 'shared'] as const).map((audience) => {
    const fold = strictFold(audience)
    const screen = {
      audience,
      states: fold.fresh(),
      served: {} as Record<string, unknown>,
      seq: 0,
      link: null as Link | null,
      start() {},
      stop() {},
    }
    const client = createFeedClient({
      ...clock,
      open: openLine,
      audience,
      random: () => random.next(),
      onSnapshot(encoded, seq) {
        snapshots += 1
        screen.states = fold.decode(JSON.parse(JSON.stringify(encoded)))
        screen.seq = seq
      },
      onEvents(events, to) {
        // the promise itself: nothing missing, nothing twice
        for (const event of events) {
          expect(event.seq).toBeGreaterThan(screen.seq)
          fold.apply(screen.states, event)
        }
        screen.seq = to
      },
      onUnits: () => {},
      onServed({ topics: some }) {
        Object.assign(screen.served, some)
      },
      onTracks: () => {},
      onLink(link) {
        if (link.state === 'catching-up' && screen.link?.state !== 'catching-up') resumed += 1
        screen.link = link
      },
    })
    return Object.assign(screen, client)
  })
  for (const screen of screens) screen.start()

  const material = Object.values(scenes)
    .flatMap((each) => Object.values(each))
    .flat()
  let sent = 0
  for (let step = 0; step < 60; step++) {
    const lines = Array.from({ length: Math.floor(random.next() * 40) }, (_, n) => {
      const { type, body, source } = material[Math.floor(random.next() * material.length)]!
      const value = {
        id: `e${sent++}`,
        type,
        body,
        source,
        at: clock.now() - Math.floor(random.next() * 6e6),
      }
      return { line: n + 1, value }
    })
    void core?.ingest.accept(lines, { isBackfill: false, isSimulated: false }).catch(() => {})
    await world.pass(random.next() * 800)
    if (chance(0.05)) for (const cut of cuts.splice(0)) cut()
    if (chance(0.03)) world.stepClock((random.next() - 0.5) * 7_200_000)
    if (core && chance(0.06)) {
      kill()
      core = null
      for (const cut of cuts) cut()
      cuts = []
      // the journal came back older, under another epoch: nobody may resume on it
      if (chance(0.3)) {
        disk.epoch = random.id()
        disk.rows.length = Math.floor(disk.rows.length * random.next())
        disk.checkpoints = []
      }
    } else if (!core && chance(0.5)) core = await start()
  }
  core ??= await start()
  isCalm = true
  await world.pass(120_000)
  // what is served follows a turn of the minute within seconds
  if (clock.now() - toMinute(clock.now()) < 3000) await world.pass(3000)

  const whole = oracle(disk.rows, 'wall')
  for (const { audience, states, served, seq, link } of screens) {
    expect(link?.state).toBe('live')
    expect(seq).toBe(disk.rows.length)
    expect(states).toEqual(oracle(disk.rows, audience))
    for (const topic of topics.filter((each) => isServed(each, audience))) {
      if (isKept(topic, audience)) continue
      const own = servedOf(topic, whole.get(topic.name), audience, clock.now())
      expect(served[topic.name]).toEqual(JSON.parse(JSON.stringify(own)))
    }
  }
  const reconnects = screens.reduce((sum, { link }) => sum + (link?.reconnects ?? 0), 0)
  for (const screen of screens) screen.stop()
  await core.close()
  return { reconnects, snapshots, resumed }
}

const seeds = Array.from({ length: Number(process.env.WANGLOU_FEED_RUNS ?? 40) }, (_, n) => n + 1)

it(`keeps every screen equal to the journal through drops, doubles, swaps and restarts (${seeds.length} seeds)`, async () => {
  const sum = { reconnects: 0, snapshots: 0, resumed: 0 }
  for (const seed of seeds) {
    const seen = await run(seed).catch((fault) => {
      throw new Error(`seed ${seed}`, { cause: fault })
    })
    sum.reconnects += seen.reconnects
    sum.snapshots += seen.snapshots
    sum.resumed += seen.resumed
  }
  // a run in which nothing went wrong would prove nothing
  expect(sum.reconnects).toBeGreaterThan(seeds.length * 4)
  expect(sum.resumed).toBeGreaterThan(sum.snapshots)
}, 120_000)
