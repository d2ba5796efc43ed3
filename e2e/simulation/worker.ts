import { parentPort } from 'node:worker_threads'
import { runSchedule, type Told } from './schedule.ts'
import type { Limits } from './shape.ts'
import { type Totals, totalsOf } from './totals.ts'
import { toldOf } from './violation.ts'

/** A stretch of seeds for one thread. */
export interface Task extends Limits {
  first: number
  runs: number
}
export interface Done {
  totals: Totals
  broken: { seed: number; fault: string }[]
}

parentPort?.on('message', async ({ first, runs, ...limits }: Task) => {
  const all: Told[] = []
  const broken: Done['broken'] = []
  for (let seed = first; seed < first + runs; seed++) {
    try {
      all.push(await runSchedule(seed, limits))
    } catch (fault) {
      broken.push({ seed, fault: toldOf(fault) })
    }
  }
  parentPort?.postMessage({ totals: totalsOf(all), broken } satisfies Done)
})
