import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { DoorClosed, openDoor } from './door.ts'
import { openPretendWall, pretendPace } from './pretend-wall.ts'

const line = (id: string) =>
  JSON.stringify({
    id,
    type: 'incident.handled',
    at: 1,
    source: 'test',
    body: { incident: '0417' },
  })
const lines = [line('a'), line('b'), line('c')]
const live = { backfill: false, simulated: false }
const later = (status: number, seconds?: string) =>
  new Response('later', { status, headers: seconds ? { 'retry-after': seconds } : {} })

const open = (token = 'token', patienceMs = 60_000) => {
  const wall = openPretendWall()
  const pace = pretendPace(0)
  const stopping = new AbortController()
  const waits: string[] = []
  const door = openDoor({
    url: 'http://127.0.0.1:8080',
    token,
    stop: stopping.signal,
    patienceMs,
    pace,
    fetch: wall.fetch,
    onWait: (reason) => waits.push(reason),
  })
  return { wall, pace, stopping, waits, door }
}

describe('the door', () => {
  test('takes lines, knows them again and names the line that it refuses', async () => {
    const { door } = open()
    expect(await door.send(lines, live)).toEqual({ accepted: 3, duplicate: 0, refused: [] })
    const { accepted, duplicate, refused } = await door.send([lines[0]!, '{', line('d')], live)
    expect([accepted, duplicate]).toEqual([1, 1])
    expect(refused).toMatchObject([{ line: 2, reason: 'not JSON' }])
  })

  test('is told what is history and what is made up', async () => {
    const { door, wall } = open()
    await door.send(lines, { backfill: true, simulated: true })
    await door.send(lines, live)
    expect(wall.requests.map(({ search }) => search)).toEqual(['?backfill=1&simulated=1', ''])
  })

  test('has another way in for positions, where a refusal names the unit', async () => {
    const { door, wall } = open()
    const fix = (unit: string, lon: number) => JSON.stringify({ unit, at: 1, lon, lat: 22 })
    const positions = [fix('a', 100.8), fix('b', 198.53), fix('a', 100.9)]
    expect(await door.sendTracks(positions, { simulated: true })).toEqual({
      accepted: 2,
      duplicate: 0,
      refused: [{ line: 2, id: 'b', field: 'lon', reason: 'from -180 to 180' }],
    })
    expect(wall.requests).toEqual([{ search: '?simulated=1', lines: positions }])
    expect([wall.rows.length, wall.fixes.length]).toEqual([0, 2])
  })

  test.each([429, 503])('gets the same lines again after a %i, when it said', async (status) => {
    const { door, wall, pace } = open()
    wall.upset.push(later(status, '7'), later(status))
    expect(await door.send(lines, live)).toMatchObject({ accepted: 3 })
    expect(pace.slept).toEqual([7000, 1000])
    expect(wall.requests.map((request) => request.lines)).toEqual([lines, lines, lines])
  })

  test('is tried again, less and less often, while nobody answers', async () => {
    const { door, wall, pace, waits } = open()
    const gone = new TypeError('fetch failed', { cause: { code: 'x' } })
    wall.upset.push(gone, gone, later(500), gone)
    expect(await door.send(lines, live)).toMatchObject({ accepted: 3 })
    expect(pace.slept).toEqual([250, 500, 1000, 2000])
    expect(waits[0]).toBe('fetch failed')
  })

  test('is given up when the patience ends', async () => {
    const { door, wall } = open('token', 3000)
    wall.upset.push(...Array.from({ length: 20 }, () => new TypeError('fetch failed')))
    await expect(door.send(lines, live)).rejects.toThrow(/cannot be reached \(fetch failed\)/)
    expect(wall.requests).toEqual([])
  })

  test('is closed to a wrong token at once', async () => {
    const { door, pace } = open('other')
    await expect(door.send(lines, live)).rejects.toThrow(DoorClosed)
    expect(pace.slept).toEqual([])
  })

  test('gets halves of what is too large, and the lines keep their numbers', async () => {
    const { door, wall } = open()
    wall.upset.push(new Response('', { status: 413 }))
    const { accepted, refused } = await door.send([...lines, '{'], live)
    expect(accepted).toBe(3)
    expect(refused).toMatchObject([{ line: 4 }])
    expect(wall.requests.map((request) => request.lines.length)).toEqual([4, 2, 2])
  })

  test('is said to refuse one line that is too large by itself', async () => {
    const { door, wall } = open()
    wall.upset.push(new Response('', { status: 413 }))
    const { refused } = await door.send([lines[0]!], live)
    expect(refused).toMatchObject([{ line: 1, reason: 'too-large' }])
  })

  test('is left alone once stopped', async () => {
    const { door, wall, stopping } = open()
    stopping.abort()
    await expect(door.send(lines, live)).rejects.toThrow(/aborted/)
    expect(wall.requests).toEqual([])
  })

  test('gets bytes as they are, and its token, over a real socket', async () => {
    const seen: { headers: Record<string, unknown>; body: Buffer }[] = []
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      seen.push({ headers: request.headers, body: Buffer.concat(chunks) })
      response.end(JSON.stringify({ accepted: 2, duplicate: 0, refused: [] }))
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const stop = new AbortController().signal
    const door = openDoor({ url: `http://127.0.0.1:${port}`, token: 'token', stop })
    await door.send(['望', new Uint8Array([0xff, 0x00])], live)
    server.closeAllConnections()
    server.close()
    expect(seen[0]!.headers).toMatchObject({
      authorization: 'Bearer token',
      'content-type': 'application/x-ndjson',
    })
    const expected = [...Buffer.from('望\n'), 0xff, 0x00, 0x0a]
    expect([...seen[0]!.body]).toEqual(expected)
  })
})
