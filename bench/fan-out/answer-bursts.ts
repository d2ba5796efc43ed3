import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Way } from './dialect.ts'

/** What one server process is asked to do: to tell so many things, one every so often. */
export interface Burst<Case> {
  of: Case
  messages: number
  everyMs: number
}
export interface Spent {
  /** processor time of the whole process, all its threads, user and kernel, µs */
  cpuUs: number
}

/** What may still be on its way when the last was told, ms: the hub gathers, a stream flushes. */
const settleMs = 100

/** Makes this process the server of one way: it tells its port, then what each burst has cost. */
export const answerBursts = async <Case, What>(
  way: Way<What>,
  make: (of: Case, messages: number) => readonly What[],
): Promise<void> => {
  const server = createServer()
  const tell = way.listen(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.on('disconnect', () => process.exit())
  process.on('message', async (asked: Burst<Case> | { kind: 'port' }) => {
    if ('kind' in asked) return process.send!((server.address() as AddressInfo).port)
    const whats = make(asked.of, asked.messages)
    for (const what of whats) way.prepare?.(what)
    const before = process.cpuUsage()
    for (const what of whats) {
      tell(what)
      await sleep(asked.everyMs)
    }
    await sleep(settleMs)
    const { user, system } = process.cpuUsage(before)
    process.send!({ cpuUs: user + system } satisfies Spent)
  })
}
