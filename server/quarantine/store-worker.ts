import { parentPort, workerData } from 'node:worker_threads'
import type { QuarantineBounds } from './quarantine.ts'
import { openStore, type Store } from './store.ts'

export interface WorkerTask {
  path: string
  bounds: QuarantineBounds
  codeNames: readonly string[]
}
export interface Call {
  call: number
  method: keyof Store
  parameters: unknown[]
}
export type Answer = { call: number } & ({ result: unknown } | { fault: string })

const port = parentPort!
const { path, bounds, codeNames } = workerData as WorkerTask

let store: Store | null = null
// opened when it is needed, and tried again: a disk that fails at the start may recover
const opened = (): Store => {
  store ??= openStore(path, bounds, codeNames)
  return store
}

port.on('message', ({ call, method, parameters }: Call) => {
  try {
    if (method === 'close') {
      store?.close()
      port.postMessage({ call, result: null } satisfies Answer)
      port.close()
      return
    }
    const run = opened()[method] as (...parameters: unknown[]) => unknown
    port.postMessage({ call, result: run(...parameters) } satisfies Answer)
  } catch (fault) {
    port.postMessage({ call, fault: (fault as Error).message } satisfies Answer)
  }
})
