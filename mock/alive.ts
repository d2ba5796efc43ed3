import { secondMs } from '#mock/clock.ts'
import type { Door } from '#mock/door.ts'
import type { Pace } from '#mock/pace.ts'
import { mockSources } from '#mock/sources.ts'

export interface Alive {
  door: Door
  pace: Pace
  stop: AbortSignal
  log: (sentence: string) => void
}

/** Half of the shortest promise, so that one word may get lost. */
const everyMs = Math.min(...mockSources.map(({ intervalMs }) => intervalMs)) / 2
const lines = mockSources.map((source) => JSON.stringify(source))

/** Says of every source what it promises, and says so again as long as the mock runs, until `stop`. */
export const sayAlive = async ({ door, pace, stop, log }: Alive): Promise<void> => {
  let startedMs = pace.now()
  while (!stop.aborted) {
    for (const { id, field, reason } of await door.sendAlive(lines, { simulated: true })) {
      log(`declaration refused, UNEXPECTED: ${[id, field, reason].filter(Boolean).join(' · ')}`)
    }
    startedMs = Math.max(startedMs + everyMs, pace.now() + secondMs)
    await pace.sleep(startedMs - pace.now(), stop)
  }
}
