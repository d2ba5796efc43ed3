import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSimulatedWorld } from '../simulated-world.ts'
import { createPruner } from './prune.ts'

const start = 1_800_000_000_000
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const days = 2

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wanglou-prune-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const setUp = () => {
  const world = createSimulatedWorld(1, start)
  const prune = createPruner({ clock: world.clock, folder, days })
  const write = (): void => writeFileSync(join(folder, `${world.clock.now()}-5.tracks.gz`), '')
  /** An hour at a time, with a chunk and a look each. */
  const live = async (hours: number): Promise<void> => {
    for (let hour = 0; hour < hours; hour++) {
      await world.pass(hourMs)
      write()
      await prune()
    }
  }
  const chunks = (): number => readdirSync(folder).length
  return { world, live, chunks }
}

it('keeps the last days, hour by hour', async () => {
  const { live, chunks } = setUp()
  await live(40)
  expect(chunks()).toBe(40)
  await live(60)
  expect(chunks()).toBe(days * 24 + 1)
})

it('deletes nothing on the word of a clock that jumps ahead and comes back, nor keeps its chunks for ever', async () => {
  const { world, live, chunks } = setUp()
  const fromTheFuture = (): number =>
    readdirSync(folder).filter((name) => Number.parseInt(name, 10) > world.clock.now() + hourMs)
      .length
  await live(48)
  world.stepClock(365 * dayMs)
  await live(1)
  world.stepClock(-365 * dayMs)
  await live(1)
  expect([chunks(), fromTheFuture()]).toEqual([50, 1])
  // an hour later the clock is believed again, and the chunk of that hour is as old as when it was found
  await live(1)
  expect(fromTheFuture()).toBe(0)
  await live(days * 24)
  expect(chunks()).toBe(days * 24 + 2)
  await live(1)
  expect(chunks()).toBe(days * 24 + 1)
})

it('follows a clock that was set and stays so', async () => {
  const { world, live, chunks } = setUp()
  await live(48)
  world.stepClock(10 * dayMs)
  await live(1)
  expect(chunks()).toBe(49)
  await live(1)
  expect(chunks()).toBe(2)
})
