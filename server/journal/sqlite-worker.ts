import { parentPort, workerData } from 'node:worker_threads'
import { JournalBroken } from './journal.ts'
import { openReader, openStore } from './sqlite-store.ts'

/** What the thread is to be: the one that writes, or one that only reads. */
export type WorkerRole = { path: string } & (
  | { role: 'writer'; newEpoch: string }
  | { role: 'reader' }
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
    const broken = fault instanceof JournalBroken
    port.postMessage({ call, fault: (fault as Error).message, broken } satisfies Answer)
  }
}

type Methods = Record<string, (...parameters: unknown[]) => unknown>
let methods: Methods = {}
// call 0 is the opening itself: it may find the journal broken, and says so like any other fault
answer(0, () => {
  const store = as.role === 'writer' ? openStore(path, as.newEpoch) : openReader(path)
  methods = store as unknown as Methods
  return 'opened' in store ? store.opened() : null
})
port.on('message', ({ call, method, parameters }: Call) => {
  answer(call, () => methods[method]!(...parameters))
  if (method === 'close') port.close()
})
