/** Lets `burst` through at once and `perSecond` after that; everything is counted in ms of `monotonic`. */
export const createTokenBucket = (monotonic: () => number, burst: number, perSecond: number) => {
  let tokens = burst
  let filledAtMs = monotonic()
  /** Takes one token; false when there is none. */
  return (): boolean => {
    const now = monotonic()
    tokens = Math.min(burst, tokens + ((now - filledAtMs) / 1000) * perSecond)
    filledAtMs = now
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
