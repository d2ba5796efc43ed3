import type { Clock } from './world.ts'

/** The clock is set by so much now and then, and nobody minds. */
export const jumpFromMs = 5 * 60_000
/** A clock that has jumped may jump back: nothing is deleted on its word until it has stood for so long. */
const believedAfterMs = 3_600_000

/**
 * Whether the clock has stood for so long that something may be deleted on its word; to be asked now and then.
 * `isBelievedAtStart`: what is deleted can be spared, so that a start need not wait.
 */
export const createClockBelief = (clock: Clock, isBelievedAtStart: boolean): (() => boolean) => {
  const offsetNow = (): number => clock.now() - clock.monotonic()
  let offsetMs = offsetNow()
  let believedFromMs = clock.monotonic() + (isBelievedAtStart ? 0 : believedAfterMs)
  return () => {
    if (Math.abs(offsetNow() - offsetMs) > jumpFromMs)
      believedFromMs = clock.monotonic() + believedAfterMs
    offsetMs = offsetNow()
    return clock.monotonic() >= believedFromMs
  }
}
