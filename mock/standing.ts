import { DoorClosed } from '#mock/door.ts'
import type { Pace } from '#mock/pace.ts'

/** Where the server stands when the mock comes up. */
export interface Standing {
  /** last seq of the journal, 0 when it is empty */
  seq: number
  /** the newest `at` among the mock's own events at the end of the journal, ms; null when there is none */
  newestAt: number | null
}

export interface StandingOptions {
  url: string
  token: string
  stop: AbortSignal
  pace: Pace
  fetch?: typeof fetch
}

const rowsToLookAt = 1000
const askAgainMs = 1000

/** Waits until the server is well, then asks how far the journal goes. */
export const askStanding = async (options: StandingOptions): Promise<Standing> => {
  const { url, token, stop, pace } = options
  const get = options.fetch ?? fetch
  const read = (path: string, headers: Record<string, string> = {}) =>
    get(new URL(path, url), { headers, signal: stop })

  const askSeq = async (): Promise<number> => {
    for (;;) {
      const response = await read('/healthz').catch(() => null)
      if (response?.ok) return ((await response.json()) as { seq: number }).seq
      await response?.body?.cancel()
      await pace.sleep(askAgainMs, stop)
    }
  }
  const seq = await askSeq()
  if (seq === 0) return { seq, newestAt: null }
  const from = Math.max(1, seq - rowsToLookAt + 1)
  const path = `/api/journal?from=${from}&limit=${rowsToLookAt}`
  const response = await read(path, { authorization: `Bearer ${token}` })
  if (!response.ok) throw new DoorClosed(`${url} answered ${response.status} to ${path}`)
  const ownAts = (await response.text())
    .split('\n')
    .filter(Boolean)
    .map((row) => JSON.parse(row) as { source: string; at: number })
    .filter(({ source }) => source.startsWith('mock-'))
    .map(({ at }) => at)
  return { seq, newestAt: ownAts.length > 0 ? Math.max(...ownAts) : null }
}
