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

/** Starts senders that post `eventsPerPost` events each, as fast as they are answered or every `everyMs`. */
export const startLoad = (
  server: ServerProcess,
  {
    senders,
    eventsPerPost,
    everyMs = 0,
  }: { senders: number; eventsPerPost: number; everyMs?: number },
): Load => {
  const attempted = new Set<string>()
  const acknowledged = new Set<string>()
  const refusals = new Map<number, number>()
  let acknowledgedAtMs = performance.now()
  let retryAfters = 0
  let isRunning = true

  const sendOnce = async (lines: { id: string }[]): Promise<number> => {
    for (const { id } of lines) attempted.add(id)
    const answer = await fetch(`${server.url}/ingest/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/x-ndjson' },
      body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    }).catch(() => null)
    const told = await answer?.json().catch(() => null)
    if (answer?.status === 200 && told?.accepted === lines.length) {
      for (const { id } of lines) acknowledged.add(id)
      acknowledgedAtMs = performance.now()
      return 200
    }
    if (answer?.status === 503 && answer.headers.has('retry-after')) retryAfters += 1
    const status = answer?.status ?? 0
    refusals.set(status, (refusals.get(status) ?? 0) + 1)
    return status
  }
  const run = async (name: string): Promise<void> => {
    for (let n = 0; isRunning; n++) {
      const startedMs = performance.now()
      const ids = Array.from({ length: eventsPerPost }, (_, each) => `${name}-${n}-${each}`)
      const status = await sendOnce(ids.map((id) => bulkEvent(id, name)))
      const restMs = status === 200 ? everyMs - (performance.now() - startedMs) : 20
      if (restMs > 0) await sleep(restMs)
    }
  }
  const ended = Promise.all(Array.from({ length: senders }, (_, n) => run(`s${n}`)))
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
