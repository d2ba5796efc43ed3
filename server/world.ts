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

/** Details of a log line, by name; never a secret, and never what a line at the door says. */
export type LogFields = Record<string, string | number | boolean | null>

/** What the house says of itself, a sentence at a time. */
export type Log = Record<
  'debug' | 'info' | 'warn' | 'error',
  (sentence: string, fields?: LogFields) => void
>

/** Says nothing. */
export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} }

export interface World {
  clock: Clock
  random: Random
  log: Log
}
