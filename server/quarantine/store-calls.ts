import { Worker } from 'node:worker_threads'
import type { QuarantineBounds } from './quarantine.ts'
import { QuarantineUnavailable } from './quarantine.ts'
import { openStore, type Store } from './store.ts'
import type { Answer, Call, WorkerTask } from './store-worker.ts'

/** The store's methods, wherever it runs. Rejects with `QuarantineUnavailable`. */
export type StoreCalls = <Method extends keyof Store>(
  method: Method,
  ...parameters: Parameters<Store[Method]>
) => Promise<ReturnType<Store[Method]>>

/** A store on a thread of its own. */
export const callThread = (task: WorkerTask): StoreCalls => {
  const worker = new Worker(new URL('./store-worker.ts', import.meta.url), { workerData: task })
  const waiting = new Map<number, { resolve(result: unknown): void; reject(fault: Error): void }>()
  let calls = 0
  let ended: string | null = null

  worker.on('message', (answer: Answer) => {
    const waiter = waiting.get(answer.call)
    waiting.delete(answer.call)
    if ('result' in answer) waiter?.resolve(answer.result)
    else waiter?.reject(new QuarantineUnavailable(answer.fault))
  })
  const end = (why: string): void => {
    ended ??= why
    for (const { reject } of waiting.values()) reject(new QuarantineUnavailable(ended))
    waiting.clear()
  }
  worker.on('error', (fault) => end(`its thread failed: ${(fault as Error).message}`))
  worker.on('exit', () => end('its thread has ended; restart the server'))

  return (method, ...parameters) => {
    if (ended) return Promise.reject(new QuarantineUnavailable(ended))
    calls += 1
    const answered = new Promise((resolve, reject) => waiting.set(calls, { resolve, reject }))
    worker.postMessage({ call: calls, method, parameters } satisfies Call)
    return answered as ReturnType<StoreCalls> as never
  }
}

/** A store in memory, on this thread: for tests. */
export const callMemory = (bounds: QuarantineBounds, codeNames: readonly string[]): StoreCalls => {
  const store = openStore(':memory:', bounds, codeNames)
  return async (method, ...parameters) =>
    (store[method] as (...all: unknown[]) => never)(...parameters)
}
