import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { refused } from './refused.fixture.ts'
import { openStore } from './store.ts'

const now = Date.UTC(2026, 10, 22)
const dayMs = 86_400_000
const open = (over: Partial<Parameters<typeof openStore>[1]> = {}, path = ':memory:') =>
  openStore(path, { linesPerDoor: 100, bytesInAll: 1e6, days: 30, ...over }, ['id'])

it('keeps a line with everything that is needed to send it again, masked', () => {
  const store = open()
  store.keep([refused({ text: '{"id":"e1","summary":"13912345678"}', isBackfill: true })], now)
  expect(store.list({}, 10)).toEqual([
    {
      n: 1,
      receivedAt: now,
      door: 'events',
      source: 'cad',
      line: 1,
      id: 'e1',
      field: 'at',
      reason: 'an integer',
      isBackfill: true,
      isSimulated: false,
      text: '{"id":"e1","summary":"[手机号]"}',
      masked: true,
      cut: false,
    },
  ])
})

it('lists the newest first, or from a number upwards, by source and door', () => {
  const store = open()
  store.keep(
    ['cad', 'grid', 'cad', null].map((source) => refused({ source })),
    now,
  )
  store.keep([refused({ door: 'tracks', source: 'cad' })], now)
  const ns = (...[selection, limit, from]: Parameters<typeof store.list>) =>
    store.list(selection, limit, from).map(({ n }) => n)
  expect(ns({}, 3)).toEqual([5, 4, 3])
  expect(ns({}, 3, 2)).toEqual([2, 3, 4])
  expect(ns({ source: 'cad' }, 10)).toEqual([5, 3, 1])
  expect(ns({ source: 'cad', door: 'events' }, 10, 2)).toEqual([3])
  expect(store.reasons({ door: 'events' })).toEqual([
    { door: 'events', source: 'cad', field: 'at', reason: 'an integer', count: 2 },
    { door: 'events', source: 'grid', field: 'at', reason: 'an integer', count: 1 },
    { door: 'events', source: null, field: 'at', reason: 'an integer', count: 1 },
  ])
})

it('is bounded in count a door, and lets the oldest go first', () => {
  const store = open({ linesPerDoor: 3 })
  store.keep([refused({ door: 'alive' })], now)
  const { lines, evicted } = store.keep(
    Array.from({ length: 10 }, (_, line) => refused({ line })),
    now,
  )
  expect([lines, evicted]).toEqual([4, 7])
  expect(store.list({ door: 'events' }, 10).map(({ line }) => line)).toEqual([9, 8, 7])
  expect(store.list({ door: 'alive' }, 10)).toHaveLength(1)
})

it('is bounded in bytes', () => {
  const store = open({ bytesInAll: 10_000 })
  const { bytes, lines } = store.keep(
    Array.from({ length: 100 }, () => refused({ text: 'x'.repeat(780) })),
    now,
  )
  expect(bytes).toBeLessThanOrEqual(10_000)
  expect(lines).toBe(10)
  expect(store.totals()).toEqual({ bytes, lines })
})

it('counts what is said of a line as well', () => {
  const store = open({ bytesInAll: 10_000 })
  const said = { id: 'i'.repeat(1000), field: 'f'.repeat(1000), reason: '因'.repeat(1000) }
  const { lines } = store.keep(
    Array.from({ length: 10 }, () => refused(said)),
    now,
  )
  expect(lines).toBe(1)
})

it('is bounded in age, also when nothing comes any more', () => {
  const store = open({ days: 2 })
  store.keep([refused()], now)
  store.keep([refused()], now + dayMs)
  expect(store.probe(now + 2 * dayMs + 1)).toMatchObject({ lines: 1, evicted: 1 })
  expect(store.probe(now + 4 * dayMs)).toMatchObject({ lines: 0, evicted: 1 })
})

it('never uses a number again, and forgets what was taken or discarded', () => {
  const store = open()
  store.keep([refused(), refused(), refused()], now)
  store.settle([3], [{ n: 2, field: 'body', reason: 'worse' }])
  expect(store.discard([1, 1, 9])).toEqual({ discarded: 1, lines: 1, bytes: expect.any(Number) })
  store.keep([refused()], now)
  expect(store.pick([1, 2, 3, 4]).map(({ n, reason }) => [n, reason])).toEqual([
    [2, 'worse'],
    [4, 'an integer'],
  ])
})

it('finds everything again when it is opened again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-quarantine-'))
  const path = join(folder, 'quarantine.sqlite')
  const first = open({}, path)
  first.keep([refused(), refused({ source: null, id: null, field: null })], now)
  const before = first.list({}, 10)
  first.close()
  const second = open({}, path)
  expect(second.list({}, 10)).toEqual(before)
  second.close()
  rmSync(folder, { recursive: true })
})
