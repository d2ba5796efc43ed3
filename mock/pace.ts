import { setTimeout as delay } from 'node:timers/promises'

/** Time as the mock and the replay use it: tests bring their own. */
export interface Pace {
  /** ms since 1970 UTC */
  now(): number
  /** Rejects as soon as `signal` aborts. */
  sleep(delayMs: number, signal: AbortSignal): Promise<void>
}

/** The machine's own time. */
export const realPace: Pace = {
  now: () => Date.now(),
  sleep: (delayMs, signal) => delay(delayMs, undefined, { signal }),
}
