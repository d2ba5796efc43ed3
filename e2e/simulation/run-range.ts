import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Limits } from './shape.ts'
import { addUp, type Totals } from './totals.ts'
import type { Done, Task } from './worker.ts'

const runsPerTask = 100
/** With so many broken, nothing new is begun: it is known by then. */
const brokenAtMost = 100
/** more than by default, so that what one schedule leaves behind is swept up between schedules, MiB */
const maxYoungGenerationSizeMb = 64

/** Runs `runs` schedules from seed `first` on, on every core. */
export const runRange = async (
  first: number,
  runs: number,
  limits: Limits = {},
): Promise<{ totals: Totals; broken: Done['broken'] }> => {
  const tasks: Task[] = []
  for (let done = 0; done < runs; done += runsPerTask)
    tasks.push({ ...limits, first: first + done, runs: Math.min(runsPerTask, runs - done) })
  const results: Done[] = []
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), {
        resourceLimits: { maxYoungGenerationSizeMb },
      })
      let taken = -1
      const next = (): void => {
        const isOver = results.flatMap(({ broken }) => broken).length >= brokenAtMost
        taken = isOver ? -1 : tasks.findIndex((_, n) => !isTaken[n])
        if (taken === -1) return void worker.terminate().then(() => resolve(), reject)
        isTaken[taken] = true
        worker.postMessage(tasks[taken])
      }
      worker.on('message', (done: Done) => {
        results[taken] = done
        next()
      })
      worker.on('error', reject)
      next()
    })
  const isTaken = tasks.map(() => false)
  const threads = Math.min(availableParallelism(), tasks.length)
  await Promise.all(Array.from({ length: threads }, work))
  const done = results.filter((result) => result !== undefined)
  return {
    totals: addUp(done.map(({ totals }) => totals)),
    broken: done.flatMap(({ broken }) => broken),
  }
}
