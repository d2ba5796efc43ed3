import { setTimeout as sleep } from 'node:timers/promises'
import type { Burst, Spent } from './answer-bursts.ts'
import { startChild } from './child.ts'
import type { Dialect } from './dialect.ts'
import type { Heard } from './load.ts'

/** One server process a way, and one process with the clients of all. */
export interface Rig<Case> {
  /** Opens clients until each way has so many. */
  open(clients: number): Promise<void>
  /** What the server process has spent on the burst, µs. Throws where a client has not heard every message. */
  burst(name: string, burst: Burst<Case>): Promise<number>
  /** The same burst on every way at once, for nothing. */
  warmUp(burst: Burst<Case>): Promise<void>
  end(): void
}

const arrivesWithinMs = 30_000

export const startRig = async <Case>(
  script: URL,
  dialects: Readonly<Record<string, Dialect>>,
): Promise<Rig<Case>> => {
  const load = startChild(new URL('./load.ts', import.meta.url), [])
  const started = Object.entries(dialects).map(async ([name, dialect]) => {
    const child = startChild(script, [name])
    const port = await child.ask<number>({ kind: 'port' })
    return [name, { child, dialect, port }] as const
  })
  const servers = new Map(await Promise.all(started))
  const heardAt = (port: number) => load.ask<Heard>({ kind: 'heard', port })
  const runBurst = async (name: string, burst: Burst<Case>): Promise<number> => {
    const { child, port } = servers.get(name)!
    const before = await heardAt(port)
    const { cpuUs } = await child.ask<Spent>(burst)
    const expected = before.most + burst.messages
    let heard = await heardAt(port)
    for (let waitedMs = 0; heard.least < expected; waitedMs += 50) {
      if (waitedMs > arrivesWithinMs) break
      await sleep(50)
      heard = await heardAt(port)
    }
    if (before.least !== before.most || heard.least !== expected || heard.most !== expected) {
      const count = `${heard.least - before.least} to ${heard.most - before.most}`
      throw new Error(`${name}: ${burst.messages} messages told, ${count} heard by each: void`)
    }
    return cpuUs
  }
  return {
    async open(clients) {
      for (const { port, dialect } of servers.values())
        await load.ask<Heard>({ kind: 'open', port, dialect, clients })
      await sleep(500)
    },
    burst: runBurst,
    async warmUp(burst) {
      await Promise.all(Array.from(servers.keys(), (name) => runBurst(name, burst)))
    },
    end() {
      for (const { child } of servers.values()) child.end()
      load.end()
    },
  }
}
