import { expect, it } from 'vitest'
import { templateEvents } from '#topics/_template/template.events.ts'
import { busy } from '../busy-clock.fixture.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { createSimulatedWorld } from '../simulated-world.ts'
import { checkDigitOf } from './identity-card.ts'
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

const setUp = () => {
  const world = createSimulatedWorld(1, Date.UTC(2026, 10, 22))
  const disk = newMemoryDisk(world)
  const sources = createSources(world.clock, () => new Map())
  const ingest = createIngest({
    clock: world.clock,
    journal: openMemoryJournal(disk, world),
    definitions: templateEvents,
    simulatedSources: new Set(),
    sources,
  })
  const send = async (...values: object[]) => {
    const lines = values.map((value, index) => ({ line: index + 1, value }))
    const answer = ingest.accept(lines, { isBackfill: true, isSimulated: false })
    await world.pass(10)
    return answer
  }
  return { world, disk, sources, ingest, send }
}
const counted = (id: string, remark: string, over = {}) => ({
  id,
  type: 'thing.counted',
  at: Date.UTC(2026, 10, 22),
  source: 's',
  body: { v: 2, place: 'A-1', count: 7, remark },
  ...over,
})

it('counts what it masked, once: not when it is sent again, nor in what it refuses', async () => {
  const { sources, ingest, send, disk } = setUp()
  const first = counted('a', '13912345678的云A12345')
  await send(first, counted('b', '13912345678', { at: 'x' }))
  expect(await send(first)).toMatchObject({ duplicate: 1 })
  expect(disk.rows.map(({ body }) => body.remark)).toEqual(['[手机号]的[车牌号]'])
  expect(ingest.masked).toEqual({ card: 0, phone: 1, plate: 1 })
  expect(sources.door().tallies).toMatchObject([{ source: 's', masked: 2, refused: 1 }])
})

it('knows an event again that came before its number was one: a card of somebody born tomorrow', async () => {
  const { world, send, disk } = setUp()
  const tomorrow = `53280120261124001${checkDigitOf('53280120261124001')}`
  await send(counted('a', tomorrow))
  expect(disk.rows[0]?.body.remark).toBe(tomorrow)
  await world.pass(2 * 86_400_000)
  expect(await send(counted('a', tomorrow))).toMatchObject({ duplicate: 1, refused: [] })
  expect(await send(counted('a', 'else'))).toMatchObject({ refused: [{ field: 'id' }] })
})

it('takes sendings in the order in which they came, however long each is', async () => {
  const world = busy(createSimulatedWorld(1, Date.UTC(2026, 10, 22)))
  const disk = newMemoryDisk(world)
  const ingest = createIngest({
    clock: world.clock,
    journal: openMemoryJournal(disk, world),
    definitions: templateEvents,
    simulatedSources: new Set(),
    sources: createSources(world.clock, () => new Map()),
  })
  const ids = Array.from({ length: 200 }, (_, n) => `long${n}`)
  const sending = { isBackfill: true, isSimulated: false }
  const lines = (of: string[]) => of.map((id, n) => ({ line: n + 1, value: counted(id, '') }))
  const answers = Promise.all([
    ingest.accept(lines(ids), sending),
    ingest.accept(lines(['short']), sending),
  ])
  expect(disk.rows).toHaveLength(0)
  await world.pass(5000)
  expect(await answers).toMatchObject([{ accepted: 200 }, { accepted: 1 }])
  expect(disk.rows.map(({ id }) => id)).toEqual([...ids, 'short'])
})

it('asks for what a source has declared anew with each sending', async () => {
  const { sources, send } = setUp()
  const line = counted('13912345678', '')
  expect(await send(line)).toMatchObject({ refused: [{ field: 'id' }] })
  sources.declare('s', { intervalMs: 5000, numberPatterns: ['###########'] })
  expect(await send(line)).toMatchObject({ accepted: 1 })
  sources.declare('s', 'retired')
  expect(await send({ ...line, id: '13912345679' })).toMatchObject({ refused: [{ field: 'id' }] })
})
