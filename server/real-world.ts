import { randomBytes } from 'node:crypto'
import { quiet, type World } from './world.ts'

/** The machine's own clock and chance; `main.ts` gives it a voice. */
export const realWorld: World = {
  clock: {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after(delayMs, task) {
      if (delayMs === 0) {
        // in this turn of the loop: a timer would wake the process once more
        const soon = setImmediate(task)
        return () => clearImmediate(soon)
      }
      const timer = setTimeout(task, delayMs)
      return () => clearTimeout(timer)
    },
    every(delayMs, task) {
      const timer = setInterval(task, delayMs)
      return () => clearInterval(timer)
    },
  },
  random: {
    next: () => Math.random(),
    id: () => randomBytes(16).toString('hex'),
  },
  log: quiet,
}
