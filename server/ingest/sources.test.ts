import { expect, it } from 'vitest'
import { createSimulatedWorld } from '../simulated-world.ts'
import { createSources } from './sources.ts'

const start = Date.UTC(2026, 10, 22)
const setUp = () => {
  const world = createSimulatedWorld(1, start)
  const sources = createSources(world.clock, () => new Map())
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
