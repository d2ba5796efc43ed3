import { createTimers } from './simulated-timers.ts'
import { type Clock, quiet, type World } from './world.ts'

/** A world that is nothing but a seed: its time passes only when it is told to. */
export interface SimulatedWorld extends World {
  clock: Clock
  /** Runs everything that falls due in the next `ms`, in order, letting promises settle in between. */
  pass(ms: number): Promise<void>
  /** The wall clock jumps; timers and `monotonic` do not. */
  stepClock(ms: number): void
}

/** Sfc32, a small fast generator with a period long enough for any test. */
const createRandom = (seed: number): (() => number) => {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, seed | 0]
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return (t >>> 0) / 2 ** 32
  }
  for (let warmUp = 0; warmUp < 12; warmUp++) next()
  return next
}

/** In parts of a ms that a float adds up exactly: what is due at the same time by two ways of reckoning runs in its order. */
const exact = (ms: number): number => Math.round(ms * 1024) / 1024

// promises settle in microtasks, and nothing here waits for anything else
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 12; turn++) await null
}

export const createSimulatedWorld = (seed: number, startMs: number): SimulatedWorld => {
  const next = createRandom(seed)
  const timers = createTimers()
  let elapsedMs = 0
  let offsetMs = startMs

  const after = (delayMs: number, task: () => void): (() => void) =>
    timers.add(elapsedMs + exact(Math.max(0, delayMs)), task)
  const every = (delayMs: number, task: () => void): (() => void) => {
    let cancel = after(delayMs, function again() {
      cancel = after(delayMs, again)
      task()
    })
    return () => cancel()
  }

  return {
    clock: {
      now: () => Math.round(offsetMs + elapsedMs),
      monotonic: () => elapsedMs,
      after,
      every,
    },
    random: {
      next,
      id: () => Array.from({ length: 32 }, () => Math.floor(next() * 16).toString(16)).join(''),
    },
    log: quiet,
    async pass(ms) {
      const untilMs = elapsedMs + exact(ms)
      await settle()
      for (let timer = timers.take(untilMs); timer; timer = timers.take(untilMs)) {
        elapsedMs = timer.dueMs
        timer.task()
        await settle()
      }
      elapsedMs = untilMs
    },
    stepClock(ms) {
      offsetMs += ms
    },
  }
}
