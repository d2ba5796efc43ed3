import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, it } from 'vitest'
import type { FeedEvent } from '#protocol/event.ts'
import { sceneNow } from '#protocol/scene.ts'
import type { Topic } from '#protocol/topic.ts'
import { templateEvents } from '#topics/_template/template.events.ts'
import { template } from '#topics/_template/template.ts'
import { definitions, topics } from '#topics/index.ts'
import { scenes } from '#topics/scenes.ts'
import { busy } from '../busy-clock.fixture.ts'
import type { Draft, Journal } from '../journal/journal.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { openSqliteJournal } from '../journal/sqlite.ts'
import { realWorld } from '../real-world.ts'
import { createSimulatedWorld } from '../simulated-world.ts'
import { quiet } from '../world.ts'
import { startProjection } from './projection.ts'

const folder = mkdtempSync(join(tmpdir(), 'wanglou-projection-'))
afterAll(() => rmSync(folder, { recursive: true }))
const { clock } = realWorld

const drafts = (events: readonly FeedEvent[]): Draft[] =>
  events.map(({ seq: _, ...event }) => ({ ...event, body: { ...event.body, v: 1 } }))

it('reads a journal of November 2026 as it was read then, and verifies its chain', async () => {
  const db = new DatabaseSync(join(folder, 'journal.sqlite'))
  db.exec(readFileSync(new URL('../journal/frozen/2026-11.sql', import.meta.url), 'utf8'))
  db.close()
  const journal = await openSqliteJournal(folder, realWorld)
  expect([journal.head, journal.epoch]).toEqual([24, 'f0'.repeat(16)])
  const projection = await startProjection({
    clock,
    log: quiet,
    journal,
    topics: [...topics, template],
    definitions: { ...definitions, ...templateEvents },
  })
  const figure = (name: string) => {
    const [topic, own] = name.split('.') as [string, string]
    const { figures } = [...topics, template].find((each) => each.name === topic)!
    return figures[own]!(projection.states.get(topic), sceneNow).value
  }
  expect({
    open: figure('incidents.open'),
    level1: figure('incidents.openLevel1'),
    today: figure('incidents.today'),
    responseMedian: figure('incidents.responseMedian'),
    responseUsed: figure('incidents.responseUsed'),
    onSceneTime: figure('incidents.onSceneTimeMedian'),
    things: figure('template.total'),
  }).toEqual({
    open: 1,
    level1: 1,
    today: 5,
    responseMedian: ((300 - 287 + (170 - 160)) / 2) * 60_000,
    responseUsed: 2,
    onSceneTime: (287 - 258) * 60_000,
    things: 7,
  })
  projection.stop()
  await journal.close()
})

const start = (disk: ReturnType<typeof newMemoryDisk>, using: readonly Topic[] = topics) => {
  const journal = openMemoryJournal(disk, realWorld)
  return startProjection({ clock, log: quiet, journal, topics: using, definitions }).then(
    (projection) => {
      projection.stop()
      return { journal, projection }
    },
  )
}

it('goes on from its checkpoint to the same state as from the beginning', async () => {
  const disk = newMemoryDisk(realWorld)
  const events = scenes.incidents!.flood
  const first = await start(disk)
  await first.journal.append(drafts(events.slice(0, 700)))
  await first.projection.checkpoint()
  await first.journal.append(drafts(events.slice(700)))
  const whole = first.projection.states
  expect(disk.checkpoints.map(({ seq }) => seq)).toEqual([700])
  // rows before the checkpoint are not even looked at
  const read: number[] = []
  const journal = openMemoryJournal(disk, realWorld)
  const spied = {
    ...journal,
    head: journal.head,
    read(from: number, limit: number) {
      read.push(from)
      return journal.read(from, limit)
    },
  }
  const second = await startProjection({ clock, log: quiet, journal: spied, topics, definitions })
  second.stop()
  expect(Math.min(...read)).toBe(701)
  expect(second.states).toEqual(whole)
  expect(second.seq).toBe(events.length)
})

it('saves the state of one seq, though events come while it is being made', async () => {
  const world = busy(realWorld)
  const disk = newMemoryDisk(world)
  const journal = openMemoryJournal(disk, world)
  const options = { log: quiet, journal, topics, definitions }
  const projection = await startProjection({ clock: world.clock, ...options })
  const events = drafts(scenes.incidents!.flood)
  await journal.append(events.slice(0, 700))
  const saving = projection.checkpoint()
  await journal.append(events.slice(700))
  await saving
  projection.stop()
  expect(disk.checkpoints.map(({ seq }) => seq)).toEqual([700])
  const again = await start(disk)
  expect(again.projection.states).toEqual(projection.states)
  expect(again.projection.seq).toBe(events.length)
})

it('saves one checkpoint after the other, and what several ask for once', async () => {
  const disk = newMemoryDisk(realWorld)
  const journal = openMemoryJournal(disk, realWorld)
  const events = drafts(scenes.incidents!.flood)
  let more: Promise<unknown> = Promise.resolve()
  const slow: Journal = {
    ...journal,
    async saveCheckpoint(checkpoint) {
      await more
      await journal.saveCheckpoint(checkpoint)
    },
  }
  const options = { clock, log: quiet, journal: slow, topics, definitions }
  const projection = await startProjection(options)
  await journal.append(events.slice(0, 700))
  const first = projection.checkpoint()
  more = journal.append(events.slice(700))
  await Promise.all([first, projection.checkpoint(), projection.checkpoint()])
  projection.stop()
  expect(disk.checkpoints.map(({ seq }) => seq)).toEqual([700, events.length])
})

it('rests between checkpoints, however many events come', async () => {
  const world = createSimulatedWorld(1, sceneNow)
  const disk = newMemoryDisk(world)
  const journal = openMemoryJournal(disk, world)
  const options = { clock: world.clock, log: quiet, journal, topics, definitions }
  const projection = await startProjection(options)
  const [event] = drafts(scenes.incidents!.quiet)
  const tell = async (count: number, name: string, ms: number) => {
    void journal.append(Array.from({ length: count }, (_, n) => ({ ...event!, id: `${name}${n}` })))
    await world.pass(ms)
  }
  await tell(5000, 'a', 100)
  for (const name of ['b', 'c', 'd']) await tell(5000, name, 100)
  expect(disk.checkpoints.map(({ seq }) => seq)).toEqual([5000])
  await world.pass(5000)
  await tell(1, 'e', 100)
  expect(disk.checkpoints.map(({ seq }) => seq)).toEqual([5000, 20_001])
  projection.stop()
})

it('folds anew from a checkpoint that was damaged', async () => {
  const disk = newMemoryDisk(realWorld)
  const first = await start(disk)
  await first.journal.append(drafts(scenes.incidents!.quiet))
  await first.projection.checkpoint()
  const [checkpoint] = disk.checkpoints
  checkpoint!.state = checkpoint!.state.replace('"abandoned":0', '"abandoned":7')
  expect((await start(disk)).projection.states).toEqual(first.projection.states)
  checkpoint!.state = '{'
  expect((await start(disk)).projection.states).toEqual(first.projection.states)
})

it('does not fold anew over a gap', async () => {
  const disk = newMemoryDisk(realWorld)
  const first = await start(disk)
  await first.journal.append(drafts(scenes.incidents!.quiet))
  disk.rows.splice(4, 2)
  await expect(start(disk)).rejects.toThrow('seq 5 is missing')
})

it('folds anew when the logic has changed', async () => {
  const disk = newMemoryDisk(realWorld)
  const first = await start(disk)
  await first.journal.append(drafts(scenes.incidents!.quiet))
  await first.projection.checkpoint()
  disk.checkpoints[0]!.state = '{"incidents":{"poisoned":true}}'
  const changed = topics.map((topic) => ({ ...topic, stateVersion: topic.stateVersion + 1 }))
  const second = await start(disk, changed)
  expect(second.projection.states).toEqual(first.projection.states)
})

it('goes on when a topic throws, and says so', async () => {
  const disk = newMemoryDisk(realWorld)
  const broken: Topic = {
    ...template,
    name: 'broken',
    nouns: ['incident'],
    evolve: () => {
      throw new Error('no')
    },
  }
  const { journal, projection } = await start(disk, [...topics, broken])
  expect(await journal.append(drafts(scenes.incidents!.quiet.slice(0, 1)))).toMatchObject([
    { kind: 'accepted' },
  ])
  expect(projection.faults.get('fold:broken')?.message).toContain('seq 1')
  expect(projection.faults.has('fold:incidents')).toBe(false)
  const own = topics.find(({ name }) => name === 'incidents')!
  expect(own.figures.today!(projection.states.get('incidents'), sceneNow).value).toBe(1)
})
