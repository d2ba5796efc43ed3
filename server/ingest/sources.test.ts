import { expect, it } from 'vitest'
import type { Standing } from '#protocol/source.ts'
import { createSimulatedWorld } from '../simulated-world.ts'
import { createSources } from './sources.ts'

const start = Date.UTC(2026, 10, 22)
const setUp = (remembered: [string, Standing][] = []) => {
  const world = createSimulatedWorld(1, start)
  const sources = createSources(world.clock, () => new Map(remembered))
  /** as the reactor asks: each second */
  const pass = async (seconds: number) => {
    for (let n = 0; n < seconds; n++) {
      await world.pass(1000)
      sources.door()
    }
  }
  const unheardMs = () => sources.door().tallies.map((tally) => tally.unheardMs)
  return { world, sources, pass, unheardMs }
}

it('counts by source, in totals, and knows the last word of any kind', async () => {
  const { world, sources } = setUp()
  sources.heard('cad', true)
  await world.pass(1000)
  sources.heard('cad', false)
  sources.count('cad', 'duplicates', 3)
  sources.count('cad', 'duplicates')
  sources.count('gps', 'refused', 0)
  const { openedAt, tallies } = sources.door()
  expect(openedAt).toBe(start)
  expect(tallies).toEqual([
    {
      source: 'cad',
      heardAt: start + 1000,
      unheardMs: 0,
      declared: null,
      simulated: false,
      duplicates: 4,
      refused: 0,
      masked: 0,
      fixes: 0,
    },
  ])
})

it('gives away no tally that goes on changing', () => {
  const { sources } = setUp()
  sources.count('cad', 'fixes')
  const { tallies } = sources.door()
  sources.count('cad', 'fixes')
  expect(tallies[0]!.fixes).toBe(1)
})

it('knows number patterns declared now before those of an earlier run, and none of who has retired', () => {
  const standing = { intervalMs: 10_000, numberPatterns: ['A####'], silentSince: null }
  const { sources } = setUp([['cad', standing]])
  expect(sources.numberPatternsOf('cad')).toEqual(['A####'])
  expect(sources.numberPatternsOf('gps')).toEqual([])
  sources.declare('cad', { intervalMs: 5000, numberPatterns: ['B####'] })
  expect(sources.numberPatternsOf('cad')).toEqual(['B####'])
  sources.declare('cad', 'retired')
  expect(sources.numberPatternsOf('cad')).toEqual([])
})

it('is not filled up by made-up names', () => {
  const { sources } = setUp()
  for (let n = 0; n < 3000; n++) sources.count(`s${n}`, 'refused')
  const { tallies } = sources.door()
  expect(tallies).toHaveLength(1001)
  expect(tallies.find(({ source }) => source === 'others')!.refused).toBe(2000)
  expect(sources.fault).toMatchObject({ id: 'sources', since: start })
  // who makes a promise is watched all the same
  sources.declare('cad', { intervalMs: 5000, numberPatterns: [] })
  const names = sources.door().tallies.map(({ source }) => source)
  expect([names.includes('cad'), names.length]).toEqual([true, 1001])
})

it('says for how long it has not heard each, or listened at all, whatever its clock does', async () => {
  const { world, sources, pass, unheardMs } = setUp()
  await pass(10)
  sources.heard('cad', false)
  sources.declare('gps', { intervalMs: 5000, numberPatterns: [] })
  await pass(3)
  world.stepClock(-3_600_000)
  await pass(4)
  expect(unheardMs()).toEqual([7000, 17_000])
  expect(sources.door()).toMatchObject({ openedAt: start, listeningMs: 17_000 })
})

it('has heard nobody while it was stopped: that is no silence of theirs', async () => {
  const { world, sources, pass, unheardMs } = setUp()
  sources.heard('cad', false)
  await pass(4)
  // stopped for a minute
  await world.pass(60_000)
  expect(unheardMs()).toEqual([0])
  await pass(8)
  expect([unheardMs(), sources.door().listeningMs]).toEqual([[8000], 8000])
})

it('remembers when it sent somebody away', async () => {
  const { sources, pass } = setUp()
  expect(sources.door().turnedAwayAt).toBeNull()
  await pass(2)
  sources.turnedAway()
  expect(sources.door().turnedAwayAt).toBe(start + 2000)
})

it('tells whole milliseconds, though the clock that never jumps counts in fractions', async () => {
  const { world } = setUp()
  const monotonic = () => world.clock.monotonic() * 1.0003 + 0.4
  const sources = createSources({ ...world.clock, monotonic }, () => new Map())
  sources.heard('cad', false)
  await world.pass(1234)
  const { listeningMs, tallies } = sources.door()
  expect([listeningMs, tallies[0]!.unheardMs].map(Number.isInteger)).toEqual([true, true])
})
