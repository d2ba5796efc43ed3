import { secondMs } from '#mock/clock.ts'
import type { Door } from '#mock/door.ts'
import type { Pace } from '#mock/pace.ts'
import { positionsSource } from '#mock/sources.ts'

export interface Positions {
  /** the lines of one moment, ms */
  fixesAt(nowMs: number): string[]
  door: Door
  pace: Pace
  stop: AbortSignal
  log: (sentence: string) => void
  /** how often; a second unless said, ms */
  everyMs?: number
}

/** Sends where everybody is, once every `everyMs`, until `stop`. What a slow door makes it miss is not sent later. */
export const sendPositions = async (positions: Positions): Promise<void> => {
  const { fixesAt, door, pace, stop, log, everyMs = secondMs } = positions
  let doneMs = 0
  while (!stop.aborted) {
    const nowMs = pace.now() - (pace.now() % everyMs)
    const lines = nowMs > doneMs ? fixesAt(nowMs) : []
    if (lines.length > 0) {
      const { refused } = await door.sendTracks(lines, { simulated: true, source: positionsSource })
      for (const { id, field, reason } of refused) {
        log(`position refused, UNEXPECTED: ${[id, field, reason].filter(Boolean).join(' · ')}`)
      }
    }
    doneMs = nowMs
    await pace.sleep(Math.max(0, nowMs + everyMs - pace.now()), stop)
  }
}
