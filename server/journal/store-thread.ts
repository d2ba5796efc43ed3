import { Worker } from 'node:worker_threads'
import { JournalBroken, JournalUnavailable } from './journal.ts'
import type { Answer, Call, WorkerRole } from './sqlite-worker.ts'

/** A store on a thread of its own; its calls resolve with what the store's methods return. */
export interface StoreThread {
  call(method: string, ...parameters: unknown[]): Promise<unknown>
  /** The same; the buffers are moved there instead of copied. */
  give(buffers: ArrayBuffer[], method: string, ...parameters: unknown[]): Promise<unknown>
  /** what the store said when it opened */
  opened: Promise<unknown>
}

/** Starts a thread for the file. Everything under way is refused when the thread ends. */
export const startStoreThread = (role: WorkerRole): StoreThread => {
  const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: role })
  const waiting = new Map<number, { resolve(result: unknown): void; reject(fault: Error): void }>()
  let calls = 0
  let ended: string | null = null

  const wait = (call: number): Promise<unknown> =>
    new Promise((resolve, reject) => waiting.set(call, { resolve, reject }))

  worker.on('message', (answer: Answer) => {
    const waiter = waiting.get(answer.call)
    waiting.delete(answer.call)
    if ('result' in answer) waiter?.resolve(answer.result)
    else if (answer.broken) waiter?.reject(new JournalBroken(answer.fault))
    else waiter?.reject(new JournalUnavailable(answer.fault))
  })
  const end = (why: string): void => {
    ended ??= why
    for (const { reject } of waiting.values()) reject(new JournalUnavailable(ended))
    waiting.clear()
  }
  worker.on('error', (fault) => end(`the journal's thread failed: ${(fault as Error).message}`))
  worker.on('exit', () => end("the journal's thread has ended; restart the server"))

  const give: StoreThread['give'] = (buffers, method, ...parameters) => {
    if (ended) return Promise.reject(new JournalUnavailable(ended))
    calls += 1
    const answered = wait(calls)
    worker.postMessage({ call: calls, method, parameters } satisfies Call, buffers)
    return answered
  }
  return {
    opened: wait(0),
    give,
    call: (method, ...parameters) => give([], method, ...parameters),
  }
}
