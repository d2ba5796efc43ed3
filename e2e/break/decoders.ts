import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { fuzzDoors } from '../fuzz/doors.ts'
import { removeQuickFolders } from '../fuzz/quick-folder.ts'
import { cpuMsAtMost, replayOf, type Tried } from '../fuzz/try-door.ts'
import type { Part, WorkerTask } from '../fuzz/worker.ts'
import type { Break } from './break.ts'

/** Inputs a door, fewer on a slow machine; a door that opens files or a whole server has its own share of them. */
const inputsInFull = Number(process.env.WANGLOU_FUZZ_INPUTS ?? 1_000_000)
const inputsInShort = 6000
const partsInFull = 20
/** An input that has not come to an end by then never will, ms. */
const stuckMs = 60_000
const lookEveryMs = 500

const partsOf = (seed: number, inputs: number, parts: number): Part[] =>
  fuzzDoors.flatMap(({ share = 1 }, door) => {
    const each = Math.ceil((inputs * share) / parts)
    return Array.from({ length: parts }, (_, n) => ({ door, seed, first: n * each, inputs: each }))
  })

/** One thread that works through the parts as they are left; rejects at a fault, or when an input hangs. */
const work = (parts: Part[], onTried: (tried: Tried) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const at = new Int32Array(new SharedArrayBuffer(12))
    const workerData: WorkerTask = { at }
    const worker = new Worker(new URL('../fuzz/worker.ts', import.meta.url), { workerData })
    let seen = { input: -1, beat: -1, sinceMs: performance.now() }
    let part: Part | undefined

    const watch = setInterval(() => {
      const nowMs = performance.now()
      const [, input = 0, beat = 0] = at
      if (seen.input !== input || seen.beat !== beat) seen = { input, beat, sinceMs: nowMs }
      else if (nowMs - seen.sinceMs > stuckMs)
        end(new Error(`an input hangs: ${replayOf(fuzzDoors[at[0]!]!, part?.seed ?? 0, at[1]!)}`))
    }, lookEveryMs)
    const end = (fault?: Error) => {
      clearInterval(watch)
      parts.length = fault ? 0 : parts.length
      void worker.terminate().then(() => (fault ? reject(fault) : resolve()))
    }
    const next = () => {
      part = parts.shift()
      seen = { input: -1, beat: -1, sinceMs: performance.now() }
      if (part) worker.postMessage(part)
      else end()
    }
    worker.on('message', (tried: Tried) => {
      onTried(tried)
      if (tried.fault) end(new Error(tried.fault))
      else next()
    })
    worker.on('error', (fault) => end(fault as Error))
    next()
  })

/** P8: every decoder under mutation, a door at a time, each with an oracle of its own. */
export const decoders: Break = {
  id: 'T8',
  title: 'Every decoder is given mutations of what it knows',
  isSeeded: true,
  async run({ isShort, seed, tell }) {
    const parts = partsOf(seed, isShort ? inputsInShort : inputsInFull, isShort ? 1 : partsInFull)
    const byDoor = new Map<string, Tried>()
    const onTried = (tried: Tried) => {
      const before = byDoor.get(tried.door)
      const sum = before
        ? {
            ...tried,
            inputs: before.inputs + tried.inputs,
            bytes: before.bytes + tried.bytes,
            tookMs: before.tookMs + tried.tookMs,
            over: before.over + tried.over,
            worst: before.worst.cpuMs > tried.worst.cpuMs ? before.worst : tried.worst,
          }
        : tried
      byDoor.set(tried.door, sum)
    }
    try {
      await Promise.all(Array.from({ length: availableParallelism() }, () => work(parts, onTried)))
    } finally {
      // a thread that is ended in the middle of an input leaves its own
      removeQuickFolders()
    }

    const all = Array.from(byDoor.values())
    for (const { door, inputs, bytes, tookMs, worst, over } of all)
      tell(
        `${door}: ${inputs} inputs, ${(bytes / 1e6).toFixed(0)} MB, ${(tookMs / 1000).toFixed(0)} s, ` +
          `worst ${worst.cpuMs.toFixed(1)} ms (input ${worst.n}, ${worst.bytes} bytes), ${over} over ${cpuMsAtMost} ms`,
      )
    const inputs = all.reduce((sum, each) => sum + each.inputs, 0)
    const counts = all.map((each) => each.inputs)
    const [fewest, largest] = [Math.min(...counts), Math.max(...counts)]
    const slow = all.filter(({ over }) => over > 0)
    const slowest = all.reduce((most, each) => (each.worst.cpuMs > most.worst.cpuMs ? each : most))
    return {
      runs: inputs,
      figures:
        `${all.length} doors, ${inputs} inputs (${fewest} to ${largest} a door), 0 uncaught, 0 against their oracle; ` +
        `slowest ${slowest.worst.cpuMs.toFixed(1)} ms of CPU (${slowest.door})`,
      missed: slow.map(
        ({ door, over, worst }) =>
          `${door}: ${over} over ${cpuMsAtMost} ms, worst ${worst.cpuMs.toFixed(1)} ms for ${worst.bytes} bytes ` +
          `(${replayOf(fuzzDoors.find(({ name }) => name === door)!, seed, worst.n)})`,
      ),
    }
  },
}
