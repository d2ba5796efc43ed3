import { expect, it } from 'vitest'
import { createSimulatedWorld } from '../simulated-world.ts'
import type { Tried } from './journal.ts'
import { watchPace } from './pace.ts'

it('says that the disk is slow while it is, with figures, and a commit that never ends too', async () => {
  const world = createSimulatedWorld(1, 1_800_000_000_000)
  let tried = (_: Tried): void => {}
  const journal = {
    waitingSinceMs: null as number | null,
    onTried(listener: typeof tried) {
      tried = listener
    },
  }
  const pace = watchPace(world.clock, journal)
  const commits = (count: number, tookMs: number): void => {
    for (let n = 0; n < count; n++) tried({ tookMs, rows: 1, failed: false })
  }
  expect(pace.fault).toBeNull()
  commits(99, 3)
  expect(pace.fault).toBeNull()
  // one in a hundred is what a p99 looks past
  commits(1, 5000)
  expect(pace.fault).toBeNull()
  commits(1, 2100)
  const since = world.clock.now()
  expect(pace.fault).toMatchObject({ id: 'disk-slow', severity: 'warning', since })
  expect(pace.fault!.message).toContain('p99 of the last 101 commits 2.1 s')
  await world.pass(10_000)
  commits(1, 1500)
  expect(pace.fault).toMatchObject({ since })
  await world.pass(30_000)
  expect(pace.fault).toBeNull()

  journal.waitingSinceMs = world.clock.monotonic()
  await world.pass(999)
  expect(pace.fault).toBeNull()
  await world.pass(11_001)
  expect(pace.fault!.message).toBe('The disk is slow: one has been waiting for 12.0 s')
  journal.waitingSinceMs = null
  expect(pace.fault).toBeNull()
})
