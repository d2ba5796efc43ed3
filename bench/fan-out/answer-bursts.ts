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
export type ToServer<Case> =
  | { kind: 'port' }
  /** answered when all is told; it may still be on its way */
  | ({ kind: 'burst' } & Burst<Case>)
  | { kind: 'spent' }
export interface Spent {
  /** since the burst began: processor time of the whole process, all its threads, user and kernel, µs */
  cpuUs: number
}

/** Makes this process the server of one way: it tells its port, tells bursts, and what they have cost. */
export const answerBursts = async <Case, What>(
  way: Way<What>,
  make: (of: Case, messages: number) => readonly What[],
): Promise<void> => {
  const server = createServer()
  const tell = way.listen(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.on('disconnect', () => process.exit())
  let before = process.cpuUsage()
  process.on('message', async (asked: ToServer<Case>) => {
    if (asked.kind === 'port') return process.send!((server.address() as AddressInfo).port)
    if (asked.kind === 'spent') {
      const { user, system } = process.cpuUsage(before)
      return process.send!({ cpuUs: user + system } satisfies Spent)
    }
    const whats = make(asked.of, asked.messages)
    for (const what of whats) way.prepare?.(what)
    before = process.cpuUsage()
    for (const what of whats) {
      tell(what)
      await sleep(asked.everyMs)
    }
    process.send!(true)
  })
}
