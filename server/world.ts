/** Time, from outside, so that a seeded run can be a year or an hour of storms. */
export interface Clock {
  /** ms since 1970 UTC; may jump */
  now(): number
  /** ms from some start; never goes back */
  monotonic(): number
  /** Calls `task` once after `delayMs`; the result cancels it. */
  after(delayMs: number, task: () => void): () => void
  /** Calls `task` every `delayMs`; the result stops it. */
  every(delayMs: number, task: () => void): () => void
}

/** Chance, from outside. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** 32 lower-case hex digits */
  id(): string
}

export interface World {
  clock: Clock
  random: Random
}
