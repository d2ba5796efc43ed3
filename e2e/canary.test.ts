import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { audiences } from '#protocol/event.ts'
import { protocolVersion } from '#protocol/feed.ts'
import { definitions } from '#topics/index.ts'
import { checkDigitOf } from '../server/ingest/identity-card.ts'
import { canariesOf, createFinder, sentenceWith } from './canaries.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'

const linesInAll = 100_000
const linesPerPost = 2000
const canaries = canariesOf(1000)
const find = createFinder(canaries)
const findInBytes = (bytes: Buffer): string[] => {
  const found: string[] = []
  const pageBytes = 1 << 20
  // pages overlap by more than a number can be long
  for (let at = 0; at < bytes.length; at += pageBytes)
    found.push(...find(bytes.subarray(at, at + pageBytes + 512).toString('utf8')))
  return found
}

/** Incident numbers that look like cards of people born today, or like mobile phones. */
const incidentOf = (index: number): string => {
  if (index % 2 === 1) return `139${String(10_000_000 + index).slice(-8)}`
  const region = `5328${String(1 + (Math.floor(index / 2000) % 90)).padStart(2, '0')}`
  const head = `${region}20260101${String(Math.floor(index / 2) % 1000).padStart(3, '0')}`
  return `${head}${checkDigitOf(head)}`
}
const { example } = definitions['incident.reported']!
/** Every hundred lines hold a canary, by turns in a report and in an outcome; null: this line does not. */
const canaryAt = (index: number): number | null => {
  const hundred = Math.floor(index / 100)
  return index % 100 === hundred % 2 && hundred < canaries.length ? hundred : null
}
const weekAgoMs = Date.now() - 7 * 86_400_000
/**
 * A tenth are reported now and stay on the walls. The others were closed a week ago: a hundred thousand open incidents
 * would be another test.
 */
const lineOf = (index: number): Record<string, unknown> => {
  const incident = incidentOf(index)
  const place = canaryAt(index)
  const text = place === null ? '货车侧翻，占用南向车道' : sentenceWith(canaries[place]!, place)
  const line = { id: `canary-${index}`, source: 'canary-cad' }
  return index % 10 === 0
    ? {
        ...line,
        type: 'incident.reported',
        at: Date.now(),
        body: { ...example, incident, summary: text },
      }
    : { ...line, type: 'incident.closed', at: weekAgoMs, body: { incident, outcome: text } }
}

/** Everything that a screen is sent, as it comes from the socket. */
const listen = async (server: ServerProcess, audience: string) => {
  const frames: Buffer[] = []
  let hasSnapshot = false
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/feed`, {
    headers: { authorization: `Bearer ${server.token}` },
  })
  socket.on('message', (frame: Buffer) => {
    frames.push(frame)
    hasSnapshot ||= frame.subarray(0, 30).includes('"snapshot"')
  })
  socket.on('open', () =>
    socket.send(JSON.stringify({ kind: 'hello', protocol: protocolVersion, audience })),
  )
  for (let tries = 0; !hasSnapshot && tries < 600; tries++) await sleep(50)
  expect(hasSnapshot).toBe(true)
  return {
    frames,
    get isOpen() {
      return socket.readyState === WebSocket.OPEN
    },
    close: () => socket.terminate(),
  }
}

const post = async (server: ServerProcess, path: string, lines: readonly unknown[]) => {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/x-ndjson' },
    body: lines
      .map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`)
      .join(''),
  })
  const text = await answer.text()
  expect([answer.status, find(text)]).toEqual([200, []])
  return JSON.parse(text)
}

/** Lines that are refused and hold a canary where it may not be, one way each. */
const refusedLines = (): unknown[] =>
  canaries.flatMap(({ number }, index): unknown[] => {
    const body = { ...example, incident: `R-${index}` }
    const good = {
      id: `refused-${index}`,
      type: 'incident.reported',
      at: Date.now(),
      source: 'undeclared',
      body,
    }
    const ways: unknown[] = [
      { ...good, id: `x/${number}` },
      { ...good, body: { ...body, incident: number } },
      { ...good, body: { ...body, [number]: 1 } },
      { ...good, source: number },
      { ...good, at: 'x', body: { ...body, summary: sentenceWith({ kind: 'plate', number }, 0) } },
      `{"id":"r${index}", 电话${number}`,
      `{"id":"r${index}","summary":"${number}`,
      { ...good, type: 'incident.enRoute', body: { incident: `R-${index}`, unit: number } },
    ]
    return [ways[index % ways.length]]
  })

it('finds every canary that is not masked: a finder that cannot find proves nothing', () => {
  for (const [index, canary] of canaries.entries())
    expect(find(`{"summary":"${sentenceWith(canary, index)}"}`)).toContain(canary.number)
  expect(new Set(canaries.map(({ number }) => number)).size).toBe(1000)
})

it('keeps 1,000 numbers in 100,000 lines out of journal, feed, logs and metrics, and alters no incident number', async () => {
  const startedMs = performance.now()
  const server = await createServerProcess()
  await server.start()
  const screens = await Promise.all(audiences.map((audience) => listen(server, audience)))
  await post(server, '/ingest/alive', [
    {
      source: 'canary-cad',
      intervalMs: 60_000,
      numberPatterns: ['#################?', '###########'],
    },
  ])
  for (let from = 0; from < linesInAll; from += linesPerPost) {
    const lines = Array.from({ length: linesPerPost }, (_, index) => lineOf(from + index))
    const { accepted, refused } = await post(server, '/ingest/events?backfill=1', lines)
    expect([accepted, refused]).toEqual([linesPerPost, []])
  }
  const wrong = refusedLines()
  const answer = await post(server, '/ingest/events', wrong)
  expect([answer.accepted, answer.refused.length, answer.quarantined]).toEqual([0, 1000, 1000])
  const units = canaries.map(({ number }) => ({ unit: number, at: Date.now(), lon: 100, lat: 22 }))
  expect((await post(server, '/ingest/tracks', units)).accepted).toBe(0)
  const sources = canaries.map(({ number }) => ({ source: number, intervalMs: 5000 }))
  expect((await post(server, '/ingest/alive', sources)).heard).toBe(0)
  const sentMs = performance.now() - startedMs

  const late = await Promise.all(audiences.map((audience) => listen(server, audience)))
  const ask = async (path: string): Promise<string> => {
    const headers = { authorization: `Bearer ${server.token}` }
    const response = await fetch(`${server.url}${path}`, { headers })
    // an error page holds no number either
    expect([path, response.status]).toEqual([path, 200])
    return response.text()
  }
  const found: Record<string, string[]> = {}
  for (const path of [
    '/metrics',
    '/healthz',
    '/api/state',
    '/api/quarantine?limit=10000',
    '/api/quarantine/export',
  ])
    found[path] = find(await ask(path))
  const rows = await server.journal()
  found['/api/journal'] = rows.flatMap((row) => find(JSON.stringify(row)))
  for (const [index, audience] of audiences.entries()) {
    const all = [screens[index]!, late[index]!]
    expect(all.map(({ isOpen }) => isOpen)).toEqual([true, true])
    found[`feed of ${audience}`] = all.flatMap(({ frames }) =>
      frames.flatMap((frame) => findInBytes(frame)),
    )
    for (const screen of all) screen.close()
  }
  // killed, so that the write-ahead files are looked into as well
  await server.end('SIGKILL')
  found.output = find(server.output())
  const files = readdirSync(server.folder, { recursive: true, withFileTypes: true }).filter(
    (each) => each.isFile(),
  )
  for (const { parentPath, name } of files)
    found[`file ${name}`] = findInBytes(readFileSync(join(parentPath, name)))

  expect(Object.values(found).flat()).toEqual([])
  expect(Object.keys(found)).toEqual(
    expect.arrayContaining([
      'file journal.sqlite',
      'file journal.sqlite-wal',
      'file quarantine.sqlite-wal',
    ]),
  )
  const incidents = rows.filter(({ source }) => source === 'canary-cad')
  const altered = incidents.filter(
    ({ id, body }) => body.incident !== incidentOf(Number(id.slice(7))),
  )
  expect([
    incidents.length,
    new Set(incidents.map(({ body }) => body.incident)).size,
    altered,
  ]).toEqual([linesInAll, linesInAll, []])
  const marks = incidents.flatMap(
    ({ body }) => String(body.summary ?? body.outcome).match(/\[(证件|手机|车牌)号\]/g) ?? [],
  )
  expect(marks).toHaveLength(canaries.length)
  console.log(
    `canary: ${linesInAll} lines in ${Math.round(sentMs / 1000)} s (${Math.round(linesInAll / (sentMs / 1000))}/s), ${marks.length} numbers masked, ` +
      `0 found in ${Object.keys(found).length} places, 0 of ${incidents.length} incident numbers altered, ` +
      `${Math.round((performance.now() - startedMs) / 1000)} s in all`,
  )
  await server.remove()
})
