import type { Clock } from '../world.ts'

/** The clock is set by so much now and then, and nobody minds. */
export const jumpFromMs = 5 * 60_000
/** A clock that has jumped, or was just started, may be set right yet. */
const believedAfterMs = 3_600_000

/** Whether the clock has stood for so long that something may be deleted on its word; to be asked now and then. */
export const createClockBelief = (clock: Clock): (() => boolean) => {
  const offsetNow = (): number => clock.now() - clock.monotonic()
  let offsetMs = offsetNow()
  let believedFromMs = clock.monotonic() + believedAfterMs
  return () => {
    if (Math.abs(offsetNow() - offsetMs) > jumpFromMs)
      believedFromMs = clock.monotonic() + believedAfterMs
    offsetMs = offsetNow()
    return clock.monotonic() >= believedFromMs
  }
}
