import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import type { Fix } from '#protocol/track.ts'
import { createSimulatedWorld } from '../simulated-world.ts'
import { decodeChunk, encodeChunk } from './chunk.ts'
import { createLane, type TrackTick } from './lane.ts'
import { startRecorder } from './recorder.ts'

const start = Date.UTC(2026, 10, 22, 14)
const folder = mkdtempSync(join(tmpdir(), 'wanglou-tracks-'))
afterAll(() => rmSync(folder, { recursive: true }))

const fix = (unit: string, over: Partial<Fix> = {}): Fix => ({
  unit,
  at: start,
  seenAt: start,
  lon: 100.8,
  lat: 22,
  speedKmh: 30,
  headingDeg: 90,
  simulated: false,
  ...over,
})
const setUp = () => {
  const world = createSimulatedWorld(1, start)
  const lane = createLane(world.clock)
  const ticks: TrackTick[] = []
  lane.onTick((tick) => ticks.push(tick))
  return { world, lane, ticks }
}

it('tells of each unit once a tick, its latest fix, and of none that has not changed', async () => {
  const { world, lane, ticks } = setUp()
  lane.accept([fix('a'), fix('b'), fix('a', { at: start + 10, lon: 101 })])
  await world.pass(1100)
  expect(
    ticks.map(({ changed }) => changed.map(({ index, fix: { unit, lon } }) => [index, unit, lon])),
  ).toEqual([
    [
      [0, 'a', 101],
      [1, 'b', 100.8],
    ],
  ])
  await world.pass(5000)
  expect(ticks).toHaveLength(1)
})

it('lets no fix that took the slow way hide a newer one', async () => {
  const { lane } = setUp()
  lane.accept([fix('a', { at: start, lon: 101 }), fix('a', { at: start - 1, lon: 99 })])
  expect(lane.lastFix('a')?.lon).toBe(101)
  expect(lane.lastFix('b')).toBeNull()
})

it('ticks four times a second when much moves, and once when little does', async () => {
  const { world, lane, ticks } = setUp()
  for (let tenth = 0; tenth < 100; tenth++) {
    lane.accept(Array.from({ length: 300 }, (_, n) => fix(`u${n}`, { at: start + tenth })))
    await world.pass(100)
  }
  expect(ticks.length).toBeGreaterThanOrEqual(38)
  ticks.length = 0
  for (let tenth = 0; tenth < 100; tenth++) {
    lane.accept([fix('u1', { at: start + 1000 + tenth })])
    await world.pass(100)
  }
  expect(ticks.length).toBeLessThanOrEqual(11)
  expect(ticks.length).toBeGreaterThanOrEqual(9)
})

it('writes chunks that read back as they were, to the centimetre', () => {
  const anyFix = fc.record({
    unit: fc.string({ minLength: 1, maxLength: 8 }),
    at: fc.integer({ min: start - 86_000_000, max: start }),
    seenAt: fc.integer({ min: start, max: start + 1000 }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    speedKmh: fc.option(fc.integer({ min: 0, max: 400 })),
    headingDeg: fc.option(fc.integer({ min: 0, max: 359 })),
    simulated: fc.constant(false),
  })
  fc.assert(
    fc.property(fc.array(anyFix, { minLength: 1, maxLength: 50 }), (fixes) => {
      const read = decodeChunk(encodeChunk(fixes))
      expect(read).toHaveLength(fixes.length)
      for (const [n, each] of read.entries()) {
        const { lon, lat, ...rest } = fixes[n]!
        expect(each).toMatchObject(rest)
        expect(Math.abs(each.lon - lon)).toBeLessThan(1e-7)
        expect(Math.abs(each.lat - lat)).toBeLessThan(1e-7)
      }
    }),
  )
})

it('records beside the journal, and deletes what is older than its days', async () => {
  const { world, lane } = setUp()
  const old = `${start - 2 * 86_400_000 - 1}-5.tracks.gz`
  const young = `${start - 86_400_000}-5.tracks.gz`
  for (const name of [old, young]) writeFileSync(join(folder, name), '')
  const recorder = startRecorder({ clock: world.clock, lane, folder, days: 2 })
  lane.accept([fix('a'), fix('b', { simulated: true })])
  await world.pass(2000)
  await recorder.close()
  const names = readdirSync(folder)
  expect(names).not.toContain(old)
  expect(names).toContain(young)
  const chunk = names.find((name) => name !== young)!
  expect(chunk).toMatch(/-2\.tracks\.gz$/)
  expect(
    decodeChunk(readFileSync(join(folder, chunk))).map(({ unit, simulated }) => [unit, simulated]),
  ).toEqual([
    ['a', false],
    ['b', true],
  ])
  expect(recorder.fault).toBeNull()
})

it('says when positions cannot be recorded, and stops saying it', async () => {
  const { world, lane } = setUp()
  const blocked = join(folder, 'blocked')
  writeFileSync(blocked, '')
  const recorder = startRecorder({ clock: world.clock, lane, folder: blocked, days: 2 })
  await recorder.close()
  expect(recorder.fault).toMatchObject({ id: 'tracks', severity: 'warning' })
  rmSync(blocked)
  await recorder.close()
  expect(recorder.fault).toBeNull()
})
