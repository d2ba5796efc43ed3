import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { audiences } from '#protocol/event.ts'
import { assemble } from '#server/assemble.ts'
import { createApp } from '#server/http/app.ts'
import { createMetrics } from '#server/http/metrics.ts'
import { newMemoryDisk, openMemoryJournal } from '#server/journal/memory.ts'
import { openQuarantine } from '#server/quarantine/open-quarantine.ts'
import { callMemory } from '#server/quarantine/store-calls.ts'
import { realWorld } from '#server/real-world.ts'
import type { Log } from '#server/world.ts'
import { definitions, topics } from '#topics/index.ts'
import { aliveLines, doorNow, eventExamples, fixLines } from '../corpus.ts'
import { bytesOf, type FuzzDoor, type Taker, wants } from '../door.ts'
import { wantsNoNumber } from '../numbers-left.ts'
import { quickFolder } from '../quick-folder.ts'

const decoder = new TextDecoder()
const token = 'Bearer right'
const host = 'localhost:8080'
/** A server grows with what it takes; a new one after so many. */
const freshAfter = 4000

/** A request as its first line, `METHOD PATH TYPE`, and its body. */
const asked = (
  method: string,
  path: string,
  body = '',
  type = 'application/x-ndjson',
): Uint8Array => bytesOf(`${method} ${path} ${type}\n${body}`)

const lines = (of: readonly Uint8Array[]): string =>
  of.map((line) => decoder.decode(line)).join('\n')
const events = eventExamples.slice(0, 4).map((event) => JSON.stringify(event))
const event = (id: number): string => JSON.stringify({ ...eventExamples[0], id: `m${id}` })
const corpus: readonly Uint8Array[] = [
  asked('POST', '/ingest/events?backfill=1', events.join('\n')),
  asked('POST', '/ingest/events', `[${events.join()}]`, 'application/json'),
  asked('POST', '/ingest/tracks?source=gps&simulated=1', lines(fixLines)),
  asked('POST', '/ingest/alive', lines(aliveLines)),
  asked('GET', '/healthz'),
  asked('GET', '/metrics'),
  asked('GET', '/api/journal?from=1&limit=5'),
  ...audiences.map((audience) => asked('GET', `/api/state?now=${doorNow}&audience=${audience}`)),
  asked('GET', '/api/quarantine?source=cad&door=events&from=1&limit=100'),
  asked('GET', '/api/quarantine/export?door=tracks'),
  asked('POST', '/api/quarantine/discard', '{"n":1}\n{"n":2}'),
  asked(
    'POST',
    '/api/quarantine/resend',
    `{"n":3}\n{"n":4,"line":${event(1)}}\n{"n":5,"line":"x"}`,
  ),
]

/** The request of an input; null: no client can ask for it, since no such URL or method exists. */
const requestOf = (input: Uint8Array): Request | null => {
  const end = input.indexOf(0x0a)
  const first = decoder.decode(input.subarray(0, end === -1 ? input.length : end))
  const [method = '', path = '', type = ''] = first.split(' ')
  const body = end === -1 || method !== 'POST' ? null : input.slice(end + 1)
  try {
    const headers = { host, authorization: token, 'content-type': type }
    return new Request(new URL(path, `http://${host}`), { method, headers, body })
  } catch {
    return null
  }
}

/** Every route of the server, on a journal and a quarantine in memory. */
const openHttp = async (): Promise<Taker> => {
  const faults: string[] = []
  const wallFolder = quickFolder()
  writeFileSync(join(wallFolder, 'index.html'), '<title>Wanglou</title>')
  const log: Log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (_, of) => faults.push(String(of?.fault)),
  }
  const start = async () => {
    const bounds = { linesPerDoor: 200, bytesInAll: 2e6, days: 30 }
    const core = await assemble({
      world: realWorld,
      journal: openMemoryJournal(newMemoryDisk(realWorld), realWorld),
      topics,
      definitions,
      simulatedSources: new Set(),
      quarantine: openQuarantine(realWorld.clock, callMemory(bounds, ['id', 'incident', 'unit'])),
    })
    const metrics = createMetrics({ clock: realWorld.clock, core })
    const isToken = (given: string | undefined) => given === token
    const app = createApp({
      clock: realWorld.clock,
      log,
      metrics,
      core,
      topics,
      isToken,
      hosts: [],
      wallFolder,
    })
    return { core, app }
  }
  let server = await start()
  let taken = 0
  return {
    async take(input) {
      const request = requestOf(input)
      if (request === null) return () => {}
      taken += 1
      if (taken % freshAfter === 0) {
        await server.core.close()
        server = await start()
      }
      const answer = await server.app.request(request)
      const text = await answer.text()
      return () => {
        wants(faults.length === 0, `the server failed: ${faults.pop()}`)
        wants(answer.status < 500, `answered ${answer.status}: ${text.slice(0, 200)}`)
        if (answer.status >= 400 && answer.status !== 405)
          wants(/^\{"error":".{5,}/.test(text), `refused without a word: ${text.slice(0, 100)}`)
        // who sends a line over the door has its number; what is said of it and kept of it has none
        wantsNoNumber(text, 'an answer')
      }
    },
    async close() {
      await server.core.close()
      rmSync(wallFolder, { recursive: true })
    },
  }
}

/** The routes, with everything behind them. */
export const httpDoors: readonly FuzzDoor[] = [
  { name: 'http', corpus, share: 1 / 4, open: openHttp },
]
