import { browserTicker, type Ticker } from '#web/store/frame.ts'

/**
 * The time of a fixture: it begins at the scene's own now, and goes on or stands still. Timers and pictures go on in
 * either case: a page on which they stood would prove nothing.
 */
export const fixtureTicker = (startMs: number, isFrozen: boolean): Ticker => {
  const openedMs = browserTicker.monotonic()
  const passedMs = () => (isFrozen ? 0 : browserTicker.monotonic() - openedMs)
  return { ...browserTicker, monotonic: passedMs, now: () => startMs + passedMs() }
}
