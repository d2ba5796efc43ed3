import { type Pace, realPace } from '#mock/pace.ts'

/** A line that the door would not take. */
export interface Refusal {
  /** 1-based, among the lines that were sent */
  line: number
  /** of the event; of a position, its unit; of a declaration, its source */
  id: string | null
  field: string | null
  reason: string
}

/** JSON text; bytes where a recording holds what is no text, which is for the door to say. */
export type DoorLine = string | Uint8Array

/** What became of the lines of one sending. */
export interface Receipt {
  accepted: number
  /** known before; of positions there are none, since the latest wins */
  duplicate: number
  refused: Refusal[]
}

export interface SendMode {
  /** history: its `at` is trusted */
  backfill: boolean
  simulated: boolean
}

export interface Door {
  /** Sends lines until the door has answered for each; what it asks to be sent again is the same. */
  send(lines: readonly DoorLine[], mode: SendMode): Promise<Receipt>
  /** The same for positions of units; `source` says whose they are. */
  sendTracks(
    lines: readonly DoorLine[],
    mode: { simulated: boolean; source?: string },
  ): Promise<Receipt>
  /** Says that sources are alive, and what they promise; what is refused of it. */
  sendAlive(lines: readonly DoorLine[], mode: { simulated: boolean }): Promise<Refusal[]>
}

/** The door will not open by waiting: a wrong address, a wrong token, or nobody there for too long. */
export class DoorClosed extends Error {}

export interface DoorOptions {
  url: string
  token: string
  /** ends the waiting; a request that is on its way is let finish */
  stop: AbortSignal
  /** ends even that */
  cut?: AbortSignal
  /** how long to go on when nobody answers, ms */
  patienceMs?: number
  pace?: Pace
  fetch?: typeof fetch
  onWait?: (reason: string, delayMs: number) => void
}

/** As the wire has it: the door for positions counts no duplicate and names units, that for declarations names sources. */
interface Answered {
  accepted?: number
  duplicate?: number
  refused: (Omit<Refusal, 'id'> & Partial<Record<'id' | 'unit' | 'source', string | null>>)[]
}

type Answer =
  | { kind: 'receipt'; receipt: Receipt }
  | { kind: 'too-large' }
  | { kind: 'wait'; reason: string; delayMs: number }
  | { kind: 'failed'; reason: string }

const newline = Buffer.from('\n')
const requestMs = 60_000
const longestPauseMs = 10_000

const delayOf = (response: Response): number => {
  const seconds = Number(response.headers.get('retry-after') ?? 1)
  return Math.max(100, (Number.isFinite(seconds) ? seconds : 1) * 1000)
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message
  return error.message
}

const bodyOf = (lines: readonly DoorLine[]): Buffer<ArrayBuffer> =>
  Buffer.concat(
    lines.flatMap((line) => [typeof line === 'string' ? Buffer.from(line) : line, newline]),
  )

const receiptOf = (answer: Answered): Receipt => ({
  accepted: answer.accepted ?? 0,
  duplicate: answer.duplicate ?? 0,
  refused: answer.refused.map(({ id, unit, source, ...rest }) => ({
    ...rest,
    id: unit ?? source ?? id ?? null,
  })),
})

/** The way in, as any other source has it. Safe to send twice: ids and the time of a position see to that. */
export const openDoor = (options: DoorOptions): Door => {
  const { url, token, stop, cut, patienceMs = Number.POSITIVE_INFINITY } = options
  const pace = options.pace ?? realPace
  const post = options.fetch ?? fetch

  const knock = async (lines: readonly DoorLine[], address: URL): Promise<Answer> => {
    try {
      const response = await post(address, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
        body: bodyOf(lines),
        signal: AbortSignal.any([AbortSignal.timeout(requestMs), ...(cut ? [cut] : [])]),
      })
      const { status } = response
      if (status === 200) return { kind: 'receipt', receipt: receiptOf(await response.json()) }
      const reason = `${status} ${(await response.text()).slice(0, 200).trim()}`.trim()
      if (status === 413) return { kind: 'too-large' }
      if (status === 429 || status === 503) {
        return { kind: 'wait', reason, delayMs: delayOf(response) }
      }
      if (status >= 500) return { kind: 'failed', reason }
      if (status === 401) throw new DoorClosed(`${url} does not accept this token (401)`)
      throw new DoorClosed(`${url} answered ${reason}`)
    } catch (error) {
      if (error instanceof DoorClosed || cut?.aborted) throw error
      return { kind: 'failed', reason: reasonOf(error) }
    }
  }

  const halve = async (lines: readonly DoorLine[], address: URL): Promise<Receipt> => {
    if (lines.length === 1) {
      const refusal = { line: 1, id: null, field: null, reason: 'too-large' }
      return { accepted: 0, duplicate: 0, refused: [refusal] }
    }
    const middle = Math.ceil(lines.length / 2)
    const head = await deliver(lines.slice(0, middle), address)
    const tail = await deliver(lines.slice(middle), address)
    const moved = tail.refused.map((one) => ({ ...one, line: one.line + middle }))
    return {
      accepted: head.accepted + tail.accepted,
      duplicate: head.duplicate + tail.duplicate,
      refused: [...head.refused, ...moved],
    }
  }

  const deliver = async (lines: readonly DoorLine[], address: URL): Promise<Receipt> => {
    let pauseMs = 250
    let failedMs = 0
    for (;;) {
      stop.throwIfAborted()
      const answer = await knock(lines, address)
      if (answer.kind === 'receipt') return answer.receipt
      if (answer.kind === 'too-large') return halve(lines, address)
      if (answer.kind === 'wait') {
        failedMs = 0
        options.onWait?.(answer.reason, answer.delayMs)
        await pace.sleep(answer.delayMs, stop)
        continue
      }
      if (failedMs >= patienceMs)
        throw new DoorClosed(`${url} cannot be reached (${answer.reason})`)
      options.onWait?.(answer.reason, pauseMs)
      await pace.sleep(pauseMs, stop)
      failedMs += pauseMs
      pauseMs = Math.min(2 * pauseMs, longestPauseMs)
    }
  }

  const addressOf = (door: string, mode: Partial<SendMode> & { source?: string }): URL => {
    const address = new URL(`/ingest/${door}`, url)
    if (mode.backfill) address.searchParams.set('backfill', '1')
    if (mode.simulated) address.searchParams.set('simulated', '1')
    if (mode.source) address.searchParams.set('source', mode.source)
    return address
  }
  return {
    send: (lines, mode) => deliver(lines, addressOf('events', mode)),
    // history is for the other door
    sendTracks: (lines, { simulated, source }) =>
      deliver(lines, addressOf('tracks', { simulated, ...(source && { source }) })),
    sendAlive: async (lines, { simulated }) =>
      (await deliver(lines, addressOf('alive', { simulated }))).refused,
  }
}
