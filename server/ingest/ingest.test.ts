import { expect, it } from 'vitest'
import { templateEvents } from '#topics/_template/template.events.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { createSimulatedWorld } from '../simulated-world.ts'
import { createIngest } from './ingest.ts'
import { createSources } from './sources.ts'

it('knows an event again that it stored before its body had a later version', async () => {
  const world = createSimulatedWorld(1, Date.UTC(2026, 10, 22))
  const disk = newMemoryDisk(world)
  const journal = openMemoryJournal(disk, world)
  const at = world.clock.now()
  const stored = { id: 'a', type: 'thing.counted', at, seenAt: at, source: 's', flags: [] }
  void journal.append([{ ...stored, body: { v: 1, place: 'A-1', n: 7 } }])
  await world.pass(10)
  const ingest = createIngest({
    clock: world.clock,
    journal,
    definitions: templateEvents,
    simulatedSources: new Set(),
    sources: createSources(world.clock, () => new Map()),
  })
  const send = async (body: object) => {
    const value = { id: 'a', type: 'thing.counted', at, source: 's', body }
    const answer = ingest.accept([{ line: 1, value }], { isBackfill: false, isSimulated: false })
    await world.pass(10)
    return answer
  }
  expect(await send({ place: 'A-1', n: 7 })).toMatchObject({ duplicate: 1, refused: [] })
  expect(await send({ v: 2, place: 'A-1', count: 7, remark: '' })).toMatchObject({ duplicate: 1 })
  expect(await send({ place: 'A-1', n: 8 })).toMatchObject({ refused: [{ field: 'id' }] })
  expect(disk.rows).toHaveLength(1)
})
