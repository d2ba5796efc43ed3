import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openDoor } from '#mock/door.ts'
import { openPretendWall, pretendPace } from '#mock/pretend-wall.ts'
import type { ReplayOptions } from './options.ts'
import { surveyOf } from './recording.ts'
import { emptyTally, replay } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'replay-'))
afterAll(() => rmSync(folder, { recursive: true }))

const nowMs = Date.UTC(2026, 10, 22)
const recordedMs = Date.UTC(2020, 0, 1)
const record = (n: number, afterMs: number) =>
  JSON.stringify({
    id: `e${n}`,
    type: 'incident.handled',
    at: recordedMs + afterMs,
    source: 'test',
    body: { incident: `i${n}` },
  })
const three = [record(1, 0), record(2, 10_000), record(3, 60_000)]

/** Replays lines to a wall; `stopAfter` requests it is stopped. */
const run = async (
  lines: string[],
  asked: Partial<ReplayOptions> = {},
  wall = openPretendWall(),
  stopAfter = Number.POSITIVE_INFINITY,
) => {
  const file = join(folder, 'recording')
  writeFileSync(file, lines.join('\n'))
  const stopping = new AbortController()
  const stop = stopping.signal
  const pace = pretendPace(nowMs)
  const tally = emptyTally()
  await replay({
    options: { file, speed: null, loop: false, keepTime: false, tag: null, ...asked },
    survey: await surveyOf(file, stop),
    door: openDoor({ url: 'http://127.0.0.1', token: 'token', stop, pace, fetch: wall.fetch }),
    pace,
    stop,
    tally,
    onProgress: () => {
      if (wall.requests.length >= stopAfter) stopping.abort()
    },
  })
  return { wall, tally, pace }
}
const atsOf = ({ rows }: { rows: { at: number }[] }) => rows.map(({ at }) => at)

describe('a replay', () => {
  test('lets the last record become now and keeps the intervals, as history', async () => {
    const { wall, tally } = await run(three)
    expect(atsOf(wall)).toEqual([nowMs - 60_000, nowMs - 50_000, nowMs])
    expect(wall.requests.map(({ search }) => search)).toEqual(['?backfill=1'])
    expect(tally).toMatchObject({ sent: 3, accepted: 3, duplicate: 0, refused: 0, lap: 1 })
  })

  test('with --keep-time leaves the times', async () => {
    const { wall } = await run(three, { keepTime: true })
    expect(wall.requests).toEqual([{ search: '?backfill=1', lines: three }])
  })

  test('with --speed sends each when its time comes, live', async () => {
    const { wall, pace } = await run([...three, record(4, 60_000)], { speed: 10 })
    expect(atsOf(wall)).toEqual([nowMs, nowMs + 1000, nowMs + 6000, nowMs + 6000])
    expect(wall.requests.map(({ lines }) => lines.length)).toEqual([1, 1, 2])
    expect(wall.requests.every(({ search }) => search === '')).toBe(true)
    expect(pace.now()).toBe(nowMs + 6000)
  })

  test('with --speed and --keep-time sends history at that pace', async () => {
    const { wall, pace } = await run(three, { speed: 10, keepTime: true })
    expect(wall.requests.flatMap(({ lines }) => lines)).toEqual(three)
    expect(wall.requests.every(({ search }) => search === '?backfill=1')).toBe(true)
    expect(pace.now()).toBe(nowMs + 6000)
  })

  test('with --loop gives each lap new ids and incidents, until it is stopped', async () => {
    const { wall, tally } = await run(three, { loop: true, tag: 'b' }, openPretendWall(), 3)
    expect(tally).toMatchObject({ accepted: 9, refused: 0 })
    const ids = wall.rows.map(({ id }) => id)
    expect(ids.filter((id) => id.startsWith('e2'))).toEqual(['e2~b', 'e2~b~2', 'e2~b~3'])
    expect(wall.rows.at(-1)!.body).toEqual({ incident: 'i3~b~3' })
  })

  test('sends at most 1,000 lines at once and names refused ones by their line in the file', async () => {
    const lines = Array.from({ length: 2500 }, (_, i) => record(i, i * 1000))
    lines[10] = ''
    lines[1800] = '{"id":'
    lines[1801] = record(1801, 0).replace('handled', 'unheard-of')
    const { wall, tally } = await run(lines)
    expect(wall.requests.map((request) => request.lines.length)).toEqual([1000, 1000, 499])
    expect(tally).toMatchObject({ sent: 2499, accepted: 2497, refused: 2, conflicts: 0 })
    expect(tally.refusals).toMatchObject([
      { line: 1801, reason: 'not JSON' },
      { line: 1802, id: 'e1801', field: 'type' },
    ])
    expect(wall.requests[1]!.lines).toContain('{"id":')
  })

  test('a second time is a conflict, unless it is tagged', async () => {
    const wall = openPretendWall()
    await run(three, { keepTime: true }, wall)
    const again = await run(three, { keepTime: true }, wall)
    expect(again.tally).toMatchObject({ duplicate: 3, refused: 0 })
    const moved = await run(three, {}, wall)
    expect(moved.tally).toMatchObject({ accepted: 0, refused: 3, conflicts: 3 })
    const tagged = await run(three, { tag: '2' }, wall)
    expect(tagged.tally).toMatchObject({ accepted: 3, refused: 0 })
  })

  test('sends the same lines again when the door is busy', async () => {
    const wall = openPretendWall()
    wall.upset.push(new Response('', { status: 429, headers: { 'retry-after': '3' } }))
    const { tally, pace } = await run(three, {}, wall)
    expect(tally).toMatchObject({ sent: 3, accepted: 3 })
    expect(wall.requests[0]!.lines).toEqual(wall.requests[1]!.lines)
    expect(pace.slept).toEqual([3000])
  })

  test('stops between two batches, and the tally says how far it came', async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => record(i, i))
    const { tally } = await run(lines, {}, openPretendWall(), 2)
    expect(tally).toMatchObject({ sent: 2000, accepted: 2000 })
  })
})

const position = (unit: string, afterMs: number, more: object = {}) =>
  JSON.stringify({ unit, at: recordedMs + afterMs, lon: 100.8, lat: 22, ...more })

describe('a replay of positions', () => {
  const some = [position('a', 0), position('b', 40), position('a', 1000), position('b', 2050)]

  test('goes to the door of positions, each when its time comes, from now on', async () => {
    const { wall, tally, pace } = await run(some)
    expect(atsOf({ rows: wall.fixes })).toEqual([nowMs, nowMs + 40, nowMs + 1000, nowMs + 2050])
    expect(wall.requests.map(({ search }) => search)).toEqual(['', '', '', ''])
    expect(tally).toMatchObject({ sent: 4, accepted: 4, duplicate: 0, refused: 0 })
    expect(pace.now()).toBe(nowMs + 2100)
  })

  test('divides what is between them by N', async () => {
    const { wall, pace } = await run(some, { speed: 10 })
    expect(atsOf({ rows: wall.fixes })).toEqual([nowMs, nowMs + 4, nowMs + 100, nowMs + 205])
    expect(pace.now()).toBe(nowMs + 300)
  })

  test('sends together what falls due within 100 ms', async () => {
    const lines = Array.from({ length: 50 }, (_, n) => position(`u${n}`, 20 * n))
    const { wall } = await run(lines)
    expect(wall.requests.map((request) => request.lines.length)).toEqual([
      1,
      ...Array.from({ length: 9 }, () => 5),
      4,
    ])
  })

  test('sends rows again, ties and disorder as the file has them', async () => {
    const odd = [position('a', 0), position('a', 0), position('b', 500), position('a', 300)]
    const { wall } = await run([...odd, position('b', 500)])
    expect(wall.fixes.map(({ unit, at }) => [unit, at - nowMs])).toEqual([
      ['a', 0],
      ['a', 0],
      ['b', 500],
      ['a', 300],
      ['b', 500],
    ])
  })

  test('names what the door refuses by its line in the file and its unit', async () => {
    const lines = [
      position('a', 0),
      '',
      position('b', 100, { lon: 198.53 }),
      '{',
      position('a', 200),
    ]
    const { tally } = await run(lines)
    expect(tally).toMatchObject({ sent: 4, accepted: 2, refused: 2 })
    expect(tally.refusals).toMatchObject([
      { line: 3, id: 'b', field: 'lon' },
      { line: 4, id: null, reason: 'not JSON' },
    ])
  })

  test('with --loop starts over from the now of each lap, with the same units', async () => {
    const { wall, tally } = await run(some, { loop: true }, openPretendWall(), 8)
    expect(tally).toMatchObject({ accepted: 8, refused: 0 })
    expect(new Set(wall.fixes.map(({ unit }) => unit))).toEqual(new Set(['a', 'b']))
    expect(wall.fixes[4]!.at).toBe(nowMs + 2100)
  })

  test('with --loop is no hammer where a lap has no length', async () => {
    const { pace } = await run([position('a', 0)], { loop: true }, openPretendWall(), 5)
    expect(pace.now()).toBe(nowMs + 400)
  })
})
