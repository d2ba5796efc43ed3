import type { FuzzDoor, Taker } from './door.ts'
import { inputOf } from './input.ts'
import { wantsNoPollution } from './pollution.ts'
import { faultOf, shown, shrink } from './shrink.ts'

/** What became of a door's inputs. */
export interface Tried {
  door: string
  inputs: number
  bytes: number
  tookMs: number
  /** the input that took longest, CPU ms of this thread */
  worst: { n: number; cpuMs: number; bytes: number }
  /** how many took longer than the promise has it */
  over: number
  fault: string | null
}

/** P8. */
export const cpuMsAtMost = 5
/** Beyond this an input is a hang, however slow the machine is. */
const hangMs = 1000
const lookTwiceFromMs = 1
const looks = 3

const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** The least of some looks: a collection of garbage or the compiler at work is not the input's. */
const timed = async (taker: Taker, input: Uint8Array): Promise<number> => {
  let least = Number.POSITIVE_INFINITY
  for (let look = 0; look < looks; look++) {
    const before = cpuMs()
    await taker.take(input)
    least = Math.min(least, cpuMs() - before)
  }
  return least
}

/** The command that gives a door one input again. */
export const replayOf = (door: FuzzDoor, seed: number, n: number): string =>
  `node e2e/fuzz/replay.ts ${door.name} ${seed} ${n}`

const told = async (
  door: FuzzDoor,
  seed: number,
  n: number,
  first: Error,
  at: (n: number) => void,
): Promise<string> => {
  const input = inputOf(door, seed, n)
  const taker = await door.open()
  const fault = await faultOf(taker, input)
  const smallest = fault ? await shrink(taker, input, () => at(n)) : input
  const why = (await faultOf(taker, smallest)) ?? fault
  await taker.close?.()
  const words = why ? why.stack : `${first.stack}\n  (only after the inputs before it)`
  return `${door.name}: input ${n}: ${words}\n  shrunk to ${shown(smallest)}\n  again: ${replayOf(door, seed, n)}`
}

/** Gives a door `inputs` inputs from `first` on, and stops at the first fault. `at` hears each number before each try of it. */
export const tryDoor = async (
  door: FuzzDoor,
  seed: number,
  inputs: number,
  at: (n: number) => void,
  first = 0,
): Promise<Tried> => {
  const startedMs = performance.now()
  const tried: Tried = {
    door: door.name,
    inputs: 0,
    bytes: 0,
    tookMs: 0,
    worst: { n: -1, cpuMs: 0, bytes: 0 },
    over: 0,
    fault: null,
  }
  const taker = await door.open()
  for (let n = first; n < first + inputs && tried.fault === null; n++) {
    at(n)
    const input = inputOf(door, seed, n)
    tried.inputs += 1
    tried.bytes += input.length
    try {
      const beforeMs = performance.now()
      const judged = taker.take(input)
      const judge = judged instanceof Promise ? await judged : judged
      const wallMs = performance.now() - beforeMs
      judge()
      wantsNoPollution()
      if (wallMs < lookTwiceFromMs || wallMs < Math.min(cpuMsAtMost, tried.worst.cpuMs)) continue
      const cpu = await timed(taker, input)
      if (cpu > cpuMsAtMost) tried.over += 1
      if (cpu > tried.worst.cpuMs) tried.worst = { n, cpuMs: cpu, bytes: input.length }
      if (cpu > hangMs) throw new Error(`it hangs: ${cpu.toFixed(0)} ms of CPU`)
    } catch (fault) {
      tried.fault = await told(door, seed, n, fault as Error, at)
    }
  }
  await taker.close?.()
  tried.tookMs = performance.now() - startedMs
  return tried
}
