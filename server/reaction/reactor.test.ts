import { expect, it } from 'vitest'
import { z } from 'zod'
import type { EventDefinitions } from '#protocol/definition.ts'
import { sceneNow } from '#protocol/scene.ts'
import type { Occasion, Reaction, Topic } from '#protocol/topic.ts'
import { assemble } from '../assemble.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { createSimulatedWorld } from '../simulated-world.ts'

const body = z.strictObject({ n: z.int(), cause: z.string() })
const definitions: EventDefinitions = {
  'alarm.raised': { version: 1, says: '', body, visible: {}, example: { n: 1, cause: 'x' } },
  'alarm.rung': {
    version: 1,
    says: '',
    body: z.strictObject({ n: z.int() }),
    visible: {},
    example: { n: 1 },
  },
}

const setUp = async (react: (state: { raised: number[] }, occasion: Occasion) => Reaction[]) => {
  const world = createSimulatedWorld(1, sceneNow)
  const disk = newMemoryDisk(world)
  const topic: Topic<{ raised: number[] }> = {
    name: 'alarms',
    stateVersion: 1,
    staleAfterMs: 1000,
    nouns: ['alarm'],
    initial: () => ({ raised: [] }),
    evolve(state, { type, body: { n } }) {
      if (type === 'alarm.raised') state.raised.push(n as number)
    },
    heard: () => new Map(),
    redact: (state) => state,
    figures: {},
    react,
  }
  const core = await assemble({
    world,
    journal: openMemoryJournal(disk, world),
    topics: [topic],
    definitions,
    simulatedSources: new Set(),
  })
  const ring = async (n: number, isSimulated = false) => {
    const value = {
      id: `rung-${n}`,
      type: 'alarm.rung',
      at: world.clock.now(),
      source: 't',
      body: { n },
    }
    const answer = core.ingest.accept([{ line: 1, value }], { isBackfill: false, isSimulated })
    await world.pass(100)
    return answer
  }
  return { world, disk, core, ring, topic }
}
const raise = (n: number, at: number, simulated = false): Reaction => ({
  id: `raised-${n}`,
  type: 'alarm.raised',
  at,
  body: { n },
  simulated,
})

it('journals what a topic answers to an event, with its cause', async () => {
  const { disk, ring } = await setUp((_, occasion) =>
    occasion.kind === 'event' && occasion.event.type === 'alarm.rung'
      ? [
          raise(
            occasion.event.body.n as number,
            occasion.event.at,
            occasion.event.flags.includes('simulated'),
          ),
        ]
      : [],
  )
  await ring(7, true)
  expect(disk.rows.map(({ type, source, flags, body }) => [type, source, flags, body])).toEqual([
    ['alarm.rung', 't', ['simulated'], { n: 7, v: 1 }],
    ['alarm.raised', 'wanglou', ['simulated'], { n: 7, cause: 'rung-7', v: 1 }],
  ])
})

it('asks again on every tick until it is kept, and it is kept once', async () => {
  const { world, disk } = await setUp((state, occasion) =>
    occasion.kind === 'tick' && !state.raised.includes(1) ? [raise(1, sceneNow)] : [],
  )
  disk.fault = 'disk full'
  await world.pass(20_000)
  expect(disk.rows).toEqual([])
  disk.fault = null
  await world.pass(20_000)
  expect(disk.rows.map(({ id, body }) => [id, body.cause])).toEqual([['raised-1', 'tick']])
})

it('makes the same events after a restart, which the journal knows again', async () => {
  const { world, disk, core, topic } = await setUp((_, { kind }) =>
    kind === 'tick' ? [raise(1, sceneNow)] : [],
  )
  await world.pass(6500)
  await core.close()
  await assemble({
    world,
    journal: openMemoryJournal(disk, world),
    topics: [topic],
    definitions,
    simulatedSources: new Set(),
  })
  await world.pass(20_000)
  expect(disk.rows).toHaveLength(1)
})

it('brings fixes to the tick, each unit once, and the last one however old', async () => {
  const seen: { fixes: string[]; last: number | undefined }[] = []
  const { world, core } = await setUp((_, occasion) => {
    if (occasion.kind === 'tick') {
      seen.push({ fixes: occasion.fixes.map(({ unit }) => unit), last: occasion.lastFix('a')?.at })
    }
    return []
  })
  const fix = {
    at: 1,
    seenAt: 1,
    lon: 100,
    lat: 22,
    speedKmh: null,
    headingDeg: null,
    simulated: false,
  }
  core.lane.accept([
    { ...fix, unit: 'a' },
    { ...fix, unit: 'b' },
    { ...fix, unit: 'a', at: 2 },
  ])
  await world.pass(10_500)
  const brought = seen.findIndex(({ fixes }) => fixes.length > 0)
  expect(seen[brought]).toEqual({ fixes: ['a', 'b'], last: 2 })
  expect(seen.slice(brought + 1)).toEqual(
    Array.from({ length: 9 - brought }, () => ({ fixes: [], last: 2 })),
  )
})

it('says so when a topic throws or runs wild, and goes on', async () => {
  const { world, core, ring } = await setUp((_, { kind }) => {
    if (kind === 'tick') throw new Error('no')
    return Array.from({ length: 1001 }, (_, n) => raise(n, sceneNow))
  })
  await world.pass(6000)
  expect(await ring(1)).toMatchObject({ accepted: 1 })
  expect(core.journal.head).toBe(1)
})
