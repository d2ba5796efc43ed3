import { expect, it } from 'vitest'
import { type Down, protocolVersion } from '#protocol/feed.ts'
import { createFold } from '#protocol/fold.ts'
import { sceneNow } from '#protocol/scene.ts'
import { definitions, topics } from '#topics/index.ts'
import { assemble } from '../assemble.ts'
import { busy } from '../busy-clock.fixture.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { createSimulatedWorld } from '../simulated-world.ts'

/** One that takes an event twice as once, and one that counts them. */
const shownOf = (states: ReadonlyMap<string, unknown>) => ({
  incidents: states.get('incidents'),
  counted: states.get('feed-health'),
})

const setUp = async () => {
  const world = busy(createSimulatedWorld(1, sceneNow))
  const journal = openMemoryJournal(newMemoryDisk(world), world)
  const simulatedSources = new Set<string>()
  const core = await assemble({ world, journal, topics, definitions, simulatedSources })
  const tell = (from: number, count: number) =>
    core.ingest.accept(
      Array.from({ length: count }, (_, n) => {
        const incident = `i${from + n}`
        const body = { ...definitions['incident.reported']!.example, incident }
        const value = { id: incident, type: 'incident.reported', at: sceneNow, source: 't', body }
        return { line: n + 1, value }
      }),
      { isBackfill: false, isSimulated: false },
    )
  const join = () => {
    const heard: Down[] = []
    const screen = { heard, closed: null as number | null }
    const { text, closed } = core.hub.join({
      send(frame, written, isBinary) {
        if (!isBinary) heard.push(JSON.parse(frame.toString()) as Down)
        written()
      },
      close: (code) => {
        screen.closed = code
      },
      terminate: () => {},
    })
    const hello = () =>
      text(JSON.stringify({ kind: 'hello', protocol: protocolVersion, audience: 'wall' }))
    hello()
    return { ...screen, screen, hello, leave: closed }
  }
  /** what a screen has folded of what it heard */
  const statesOf = (heard: readonly Down[]) => {
    const fold = createFold(topics, () => {}, 'wall')
    let states = fold.fresh()
    let seq = 0
    for (const message of heard) {
      if (message.kind === 'snapshot') {
        states = fold.decode(message.topics)
        seq = message.seq
      }
      if (message.kind !== 'events') continue
      expect(message.from).toBe(seq + 1)
      for (const event of message.events) fold.apply(states, event)
      seq = message.to
    }
    return { seq, ...shownOf(states) }
  }
  return { world, core, tell, join, statesOf }
}

it('is made in slices while events come, and misses and doubles none', async () => {
  const { world, core, tell, join, statesOf } = await setUp()
  void tell(0, 2000)
  await world.pass(20_000)
  const first = join()
  // the loop goes round before it is there
  expect(first.heard.some(({ kind }) => kind === 'snapshot')).toBe(false)
  for (let n = 0; n < 100; n += 10) {
    void tell(2000 + n, 10)
    await world.pass(1)
  }
  const second = join()
  await world.pass(20_000)
  for (const { heard, screen } of [first, second]) {
    expect(screen.closed).toBe(null)
    expect(heard.filter(({ kind }) => kind === 'snapshot')).toHaveLength(1)
    expect(statesOf(heard)).toEqual({ seq: 2100, ...shownOf(core.projection.states) })
  }
})

it('hears no second hello while it is being made', async () => {
  const { world, tell, join } = await setUp()
  void tell(0, 2000)
  await world.pass(20_000)
  const { screen, hello } = join()
  hello()
  expect(screen.closed).toBe(4000)
  await world.pass(1000)
  expect(screen.heard.some(({ kind }) => kind === 'snapshot')).toBe(false)
})

it('welcomes nobody who has closed while it was being made', async () => {
  const { world, core, tell, join } = await setUp()
  void tell(0, 2000)
  await world.pass(20_000)
  const { heard, leave } = join()
  leave()
  await world.pass(1000)
  expect(heard).toEqual([])
  expect(core.hub.counted).toMatchObject({ snapshots: 0, snapshotsBuilt: 1 })
})

it('is given to one after the other of those who wait, and made once, however long that takes', async () => {
  const { world, core, tell } = await setUp()
  void tell(0, 2000)
  await world.pass(20_000)
  let rounds = 0
  world.clock.every(1, () => {
    rounds += 1
  })
  const given: number[] = []
  for (let screen = 0; screen < 100; screen++) {
    const { text } = core.hub.join({
      send(frame, written) {
        // each takes its time
        for (let look = 0; look < 4; look++) world.clock.monotonic()
        if (frame.subarray(0, 20).toString().includes('snapshot')) given.push(rounds)
        written()
      },
      close: () => {},
      terminate: () => {},
    })
    text(JSON.stringify({ kind: 'hello', protocol: protocolVersion, audience: 'wall' }))
  }
  await world.pass(20_000)
  expect(given).toHaveLength(100)
  const inOneRound = (round: number) => given.filter((each) => each === round).length
  expect(Math.max(...given.map(inOneRound))).toBeLessThan(5)
  expect(core.hub.counted.snapshotsBuilt).toBe(1)
})
