import type { Ticker } from './frame.ts'

interface Task {
  at: number
  everyMs: number | null
  run: () => void
}

/** Time for tests: nothing happens unless it is told to. */
export const createSimulatedTicker = () => {
  let now = 0
  let sleptMs = 0
  const tasks = new Set<Task>()
  const frames = new Set<() => void>()
  const put = (delayMs: number, everyMs: number | null, run: () => void) => {
    const task = { at: now + delayMs, everyMs, run }
    tasks.add(task)
    return () => void tasks.delete(task)
  }
  const ticker: Ticker = {
    monotonic: () => now,
    now: () => now + sleptMs,
    after: (delayMs, run) => put(delayMs, null, run),
    every: (delayMs, run) => put(delayMs, delayMs, run),
    nextFrame(run) {
      frames.add(run)
      return () => void frames.delete(run)
    },
  }
  return {
    ticker,
    /** Draws one picture. */
    draw() {
      const due = [...frames]
      frames.clear()
      for (const run of due) run()
    },
    /** The page is blocked: time passes, and nothing runs. */
    block(durationMs: number) {
      now += durationMs
    },
    /** The machine sleeps: nothing runs, and only its own clock tells of it. */
    sleep(durationMs: number) {
      sleptMs += durationMs
    },
    pass(durationMs: number) {
      const until = now + durationMs
      for (;;) {
        const due = [...tasks].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        now = Math.max(now, due.at)
        if (due.everyMs === null) tasks.delete(due)
        else due.at += due.everyMs
        due.run()
      }
      now = until
    },
  }
}
