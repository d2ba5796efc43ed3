import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { createSimulatedWorld } from '../simulated-world.ts'
import { type Room, roomOf, watchDisk } from './disk.ts'

const gib = 1024 ** 3

it('warns below 512 MiB and below a twentieth, and stops when there is room again', async () => {
  const world = createSimulatedWorld(1, 1_800_000_000_000)
  let room: Room = { freeBytes: 60 * gib, totalBytes: 1000 * gib }
  let isBroken = false
  const watch = watchDisk(world.clock, '/data', async () => {
    if (isBroken) throw new Error('EIO')
    return room
  })
  const after = async (next: Room): Promise<string | null> => {
    room = next
    await world.pass(10_000)
    return watch.fault?.message ?? null
  }
  await world.pass(0)
  expect([watch.fault, watch.room]).toEqual([null, room])
  expect(await after({ freeBytes: 49 * gib, totalBytes: 1000 * gib })).toContain(
    '50176 MiB of 1024000',
  )
  const since = watch.fault!.since
  expect(await after({ freeBytes: 48 * gib, totalBytes: 1000 * gib })).toContain('49152 MiB')
  isBroken = true
  expect(await after(room)).toContain('49152 MiB')
  isBroken = false
  expect(watch.fault).toMatchObject({ id: 'disk', severity: 'warning', since })
  expect(await after({ freeBytes: 60 * gib, totalBytes: 1000 * gib })).toBeNull()
  expect(await after({ freeBytes: 0.4 * gib, totalBytes: 2 * gib })).toContain('409 MiB')
  watch.stop()
  expect(await after({ freeBytes: 60 * gib, totalBytes: 1000 * gib })).toContain('409 MiB')
})

it('knows the room of a real folder', async () => {
  const { freeBytes, totalBytes } = await roomOf(tmpdir())
  expect(freeBytes).toBeGreaterThan(0)
  expect(totalBytes).toBeGreaterThanOrEqual(freeBytes)
})
