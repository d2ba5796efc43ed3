import { expect, it } from 'vitest'
import { createSimulatedWorld } from '../simulated-world.ts'
import { openQuarantine } from './open-quarantine.ts'
import { QuarantineUnavailable } from './quarantine.ts'
import { refused } from './refused.fixture.ts'
import { callMemory, type StoreCalls } from './store-calls.ts'

const bounds = { linesPerDoor: 100_000, bytesInAll: 1e9, days: 30 }

/** A quarantine whose store can be made slow or broken. */
const setUp = (fault: string | null = null) => {
  const world = createSimulatedWorld(1, Date.UTC(2026, 10, 22))
  const store = callMemory(bounds, [])
  const disk = { fault, delayMs: 0 }
  const call: StoreCalls = async (method, ...parameters) => {
    if (disk.delayMs > 0)
      await new Promise<void>((resolve) => world.clock.after(disk.delayMs, resolve))
    if (disk.fault) throw new QuarantineUnavailable(disk.fault)
    return store(method, ...parameters)
  }
  return { world, disk, quarantine: openQuarantine(world.clock, call) }
}
const many = (count: number) => Array.from({ length: count }, (_, line) => refused({ line }))

it('keeps what it is given, and says how many', async () => {
  const { world, quarantine } = setUp()
  const kept = quarantine.keep(many(2500))
  await world.pass(10)
  expect(await kept).toBe(2500)
  expect(quarantine.stats()).toMatchObject({ lines: 2500, kept: 2500, notKept: 0 })
  expect(quarantine.fault).toBeNull()
})

it('says so while it cannot keep, and that it can again by itself', async () => {
  const { world, disk, quarantine } = setUp()
  await world.pass(10)
  disk.fault = 'database or disk is full'
  const kept = quarantine.keep(many(3))
  await world.pass(10)
  expect(await kept).toBe(0)
  const since = world.clock.now() - 10
  expect(quarantine.fault).toMatchObject({
    id: 'quarantine',
    severity: 'error',
    message: 'Refused lines are not all kept (3 lost): database or disk is full',
    since,
  })
  await world.pass(20_000)
  expect(quarantine.fault).toMatchObject({ severity: 'error', since })
  disk.fault = null
  await world.pass(5000)
  // the loss is still told, for those who were not looking
  expect(quarantine.fault).toMatchObject({ severity: 'warning', since })
  await world.pass(60_000)
  expect(quarantine.fault).toBeNull()
  expect(quarantine.stats()).toMatchObject({ kept: 0, notKept: 3 })
})

it('says so when it cannot even be opened', async () => {
  const { world, disk, quarantine } = setUp('file is not a database')
  await world.pass(6000)
  expect(quarantine.fault).toMatchObject({ message: expect.stringContaining('not a database') })
  disk.fault = null
  await world.pass(70_000)
  expect(quarantine.fault).toBeNull()
})

it('lets a flood go that is faster than the disk, counts it, and holds up no door', async () => {
  const { world, disk, quarantine } = setUp()
  await world.pass(10)
  disk.delayMs = 1000
  const answers = Array.from({ length: 10 }, () => quarantine.keep(many(10_000)))
  await world.pass(2100)
  const kept = await Promise.all(answers)
  expect(kept[0]).toBeGreaterThan(0)
  expect(kept.slice(3)).toEqual(Array.from({ length: 7 }, () => 0))
  expect(quarantine.stats().notKept).toBe(70_000)
  expect(quarantine.fault).toMatchObject({
    severity: 'warning',
    message: expect.stringContaining('70000 lost'),
  })
  await world.pass(60_000)
  expect(quarantine.stats()).toMatchObject({ kept: 30_000, notKept: 70_000 })
})

it('holds no more bytes than it may', async () => {
  const { world, disk, quarantine } = setUp()
  disk.delayMs = 1000
  const line = refused({ text: 'x'.repeat(60_000) })
  const kept = quarantine.keep(Array.from({ length: 1000 }, () => line))
  await world.pass(100_000)
  await kept
  const { kept: lines, notKept } = quarantine.stats()
  expect(lines + notKept).toBe(1000)
  expect(lines * 60_000).toBeLessThanOrEqual(32 * 1024 * 1024)
  expect(lines).toBeGreaterThan(500)
})

it('lets nothing go on the word of a clock that has just jumped or started, and follows one that stays', async () => {
  const { world, quarantine } = setUp()
  const hourMs = 3_600_000
  const monthMs = 31 * 24 * hourMs
  const keep = async (): Promise<void> => {
    const kept = quarantine.keep(many(1))
    await world.pass(10)
    await kept
  }
  await keep()
  world.stepClock(monthMs)
  await keep()
  await world.pass(hourMs / 2)
  world.stepClock(-monthMs)
  await keep()
  await world.pass(1.5 * hourMs)
  expect(quarantine.stats()).toMatchObject({ lines: 3, evicted: 0 })
  world.stepClock(monthMs)
  await world.pass(3 * hourMs)
  // the one that was of the future is as old as when that was seen
  expect(quarantine.stats()).toMatchObject({ lines: 0, evicted: 3 })
})
