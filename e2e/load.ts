import { setTimeout as sleep } from 'node:timers/promises'
import { definitions } from '#topics/index.ts'
import type { ServerProcess } from './server-process.ts'

/** Senders that go on through any fault, and what each has been told. */
export interface Load {
  readonly attempted: ReadonlySet<string>
  readonly acknowledged: ReadonlySet<string>
  /** when the last acknowledgement came, by `performance.now()` */
  readonly acknowledgedAtMs: number
  /** answers other than 200, by status; 0 is "no answer" */
  readonly refusals: ReadonlyMap<number, number>
  /** of all 503, how many said when to come back */
  readonly retryAfters: number
  stop(): Promise<void>
}

/** An event that leaves next to no state behind, so that millions of them cost what a journal costs. */
export const bulkEvent = (id: string, source: string) => ({
  id,
  type: 'incident.handled',
  at: Date.now(),
  source,
  body: { ...definitions['incident.handled']!.example },
})

/** One event of a sender. */
export type EventOf = (id: string, source: string) => { id: string }

/** As `bulkEvent`, but every twentieth is a report, so that there is something on the screens. */
export const mixedEvent: EventOf = (id, source) => {
  if (!/[05]-0$/.test(id)) return bulkEvent(id, source)
  const body = { ...definitions['incident.reported']!.example, incident: id }
  return { id, type: 'incident.reported', at: Date.now(), source, body }
}

export interface LoadOptions {
  senders: number
  eventsPerPost: number
  everyMs?: number
  eventOf?: EventOf
  /** senders are called so, with a number */
  name?: string
  /** where the door is, when not at the server itself */
  url?: string
  /** sends what was not answered again, the same ids, until it is: as a sender should */
  sendsAgain?: boolean
  answerWithinMs?: number
}

/** Starts senders that post `eventsPerPost` events each, as fast as they are answered or every `everyMs`. */
export const startLoad = (
  server: Pick<ServerProcess, 'url' | 'token'>,
  {
    senders,
    eventsPerPost,
    everyMs = 0,
    eventOf = bulkEvent,
    name = 's',
    url = server.url,
    sendsAgain = false,
    answerWithinMs = 60_000,
  }: LoadOptions,
): Load => {
  const attempted = new Set<string>()
  const acknowledged = new Set<string>()
  const refusals = new Map<number, number>()
  let acknowledgedAtMs = performance.now()
  let retryAfters = 0
  let isRunning = true

  const sendOnce = async (lines: { id: string }[]): Promise<number> => {
    for (const { id } of lines) attempted.add(id)
    const answer = await fetch(`${url}/ingest/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/x-ndjson' },
      body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      signal: AbortSignal.timeout(answerWithinMs),
    }).catch(() => null)
    const told = await answer?.json().catch(() => null)
    const kept = told?.accepted + (sendsAgain ? told?.duplicate : 0)
    if (answer?.status === 200 && kept === lines.length) {
      for (const { id } of lines) acknowledged.add(id)
      acknowledgedAtMs = performance.now()
      return 200
    }
    if (answer?.status === 503 && answer.headers.has('retry-after')) retryAfters += 1
    const status = answer?.status ?? 0
    refusals.set(status, (refusals.get(status) ?? 0) + 1)
    return status
  }
  const run = async (source: string): Promise<void> => {
    let lines: { id: string }[] = []
    for (let n = 0; isRunning; n++) {
      const startedMs = performance.now()
      if (lines.length === 0) {
        const ids = Array.from({ length: eventsPerPost }, (_, each) => `${source}-${n}-${each}`)
        lines = ids.map((id) => eventOf(id, source))
      }
      const status = await sendOnce(lines)
      if (status === 200 || !sendsAgain) lines = []
      const restMs = status === 200 ? everyMs - (performance.now() - startedMs) : 20
      if (restMs > 0) await sleep(restMs)
    }
  }
  const ended = Promise.all(Array.from({ length: senders }, (_, n) => run(`${name}${n}`)))
  return {
    attempted,
    acknowledged,
    refusals,
    get acknowledgedAtMs() {
      return acknowledgedAtMs
    },
    get retryAfters() {
      return retryAfters
    },
    async stop() {
      isRunning = false
      await ended
    },
  }
}
