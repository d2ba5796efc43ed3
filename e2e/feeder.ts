import { setTimeout as sleep } from 'node:timers/promises'
import type { Body } from '#protocol/event.ts'
import type { ServerProcess } from './server-process.ts'

/** A source outside the server, which sends what it is told to, and says that it is alive. */
export interface Feeder {
  source: string
  /** Goes on every second until `stop`. */
  start(): void
  /** Not another word; resolves when the last one has been answered. */
  stop(): Promise<void>
  /** when its last word was answered, ms by this machine's clock */
  readonly lastWordMs: number
}

export interface FeederOptions {
  source: string
  intervalMs: number
  /** what it sends each second: events without id and source; nothing is a word too */
  lines(n: number): { type: string; at?: number; body: Body; id?: string }[]
}

/** A name that no other run uses, so that a second feeder of the same source says something new. */
let feeders = 0

export const createFeeder = (server: ServerProcess, options: FeederOptions): Feeder => {
  const { source, intervalMs, lines } = options
  feeders += 1
  const run = `${source}-${feeders}`
  let stopping: AbortController | null = null
  let running: Promise<void> = Promise.resolve()
  let told = 0
  let lastWordMs = 0

  const post = async (door: string, body: string): Promise<void> => {
    const answer = await fetch(`${server.url}/ingest/${door}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.token}`,
        'content-type': 'application/x-ndjson',
      },
      body,
    })
    await answer.text()
    if (answer.ok) lastWordMs = Date.now()
  }

  const speak = async (): Promise<void> => {
    told += 1
    await post('alive', `${JSON.stringify({ source, intervalMs })}\n`)
    const events = lines(told).map((line, n) => ({
      id: `${run}-${told}-${n}`,
      at: Date.now(),
      source,
      ...line,
    }))
    if (events.length > 0) {
      await post('events', events.map((event) => `${JSON.stringify(event)}\n`).join(''))
    }
  }

  return {
    source,
    start() {
      const own = new AbortController()
      stopping = own
      const goOn = async () => {
        while (!own.signal.aborted) {
          // a server that is gone is somebody else's business
          await speak().catch(() => {})
          await sleep(1000, null, { signal: own.signal }).catch(() => {})
        }
      }
      running = goOn()
    },
    async stop() {
      stopping?.abort()
      await running
    },
    get lastWordMs() {
      return lastWordMs
    },
  }
}
