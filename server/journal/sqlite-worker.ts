import { parentPort, workerData } from 'node:worker_threads'
import { JournalBroken } from './journal.ts'
import { openScrub } from './sqlite-scrub.ts'
import { isDamage, openReader, openStore } from './sqlite-store.ts'
import { checkWitness, type Witness } from './witness.ts'

/** What the thread is to be: the one that writes, one that only reads, or the one that looks for damage. */
export type WorkerRole = { path: string } & (
  | { role: 'writer'; newEpoch: string; startedAtMs: number; witnessed: Witness | null }
  | { role: 'reader' }
  | { role: 'scrub' }
)
export interface Call {
  call: number
  method: string
  parameters: unknown[]
}
export type Answer = { call: number } & ({ result: unknown } | { fault: string; broken: boolean })

const port = parentPort!
const { path, ...as } = workerData as WorkerRole

const answer = (call: number, work: () => unknown): void => {
  try {
    port.postMessage({ call, result: work() } satisfies Answer)
  } catch (fault) {
    const broken = fault instanceof JournalBroken || isDamage(fault)
    port.postMessage({ call, fault: (fault as Error).message, broken } satisfies Answer)
  }
}

const open = () => {
  if (as.role === 'reader') return openReader(path)
  if (as.role === 'scrub') return openScrub(path)
  // before anything is written, which would cover the traces
  if (as.witnessed) checkWitness(path, as.witnessed)
  return openStore(path, as.newEpoch, as.startedAtMs)
}

type Methods = Record<string, (...parameters: unknown[]) => unknown>
let methods: Methods = {}
// call 0 is the opening itself: it may find the journal broken, and says so like any other fault
answer(0, () => {
  const store = open()
  methods = store as unknown as Methods
  return 'opened' in store ? store.opened() : null
})
port.on('message', ({ call, method, parameters }: Call) => {
  answer(call, () => methods[method]!(...parameters))
  if (method === 'close') port.close()
})
