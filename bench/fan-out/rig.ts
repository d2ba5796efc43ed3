import { setTimeout as sleep } from 'node:timers/promises'
import type { Burst, Spent } from './answer-bursts.ts'
import { startChild } from './child.ts'
import type { Dialect } from './dialect.ts'
import type { Heard } from './load.ts'

/** One server process a way, and one process with the clients of all. */
export interface Rig<Case> {
  /** Opens clients until each way has so many. */
  open(clients: number): Promise<void>
  /**
   * What the server process has spent on the burst, µs. Throws where a client has not heard every message, or has heard
   * other bytes than it should.
   */
  burst(name: string, burst: Burst<Case>, arrivesWithinMs?: number): Promise<number>
  /** The same burst on every way at once, for nothing. */
  warmUp(burst: Burst<Case>): Promise<void>
  /** How many bursts of a way were void and done again, since it was asked last. */
  takeVoids(name: string): number
  end(): void
}

const arrivesWithinMs = 10_000
const settleMs = 1500
/** On a machine that is busy two messages may become one, as is meant; then that burst says nothing, is counted, and is done again. */
const triesAtMost = 4

export const startRig = async <Case>(
  script: URL,
  dialects: Readonly<Record<string, Dialect>>,
  /** of one message as a client is to hear it, or the least and the most; null: not known beforehand */
  bytesOf: (name: string, of: Case) => number | readonly [least: number, most: number] | null,
): Promise<Rig<Case>> => {
  const load = startChild(new URL('./load.ts', import.meta.url), [])
  const started = Object.entries(dialects).map(async ([name, dialect]) => {
    const child = startChild(script, [name])
    const port = await child.ask<number>({ kind: 'port' })
    return [name, { child, dialect, port }] as const
  })
  const servers = new Map(await Promise.all(started))
  const heardAt = (port: number) => load.ask<Heard>({ kind: 'heard', port })
  /** What the burst has cost, or null when a client has not heard every message, or heard one twice. */
  const tryBurst = async (
    name: string,
    burst: Burst<Case>,
    withinMs: number,
  ): Promise<number | null> => {
    const { child, port } = servers.get(name)!
    await load.ask<Heard>({ kind: 'forget', port })
    await child.ask<true>({ kind: 'burst', ...burst })
    let heard = await heardAt(port)
    for (let waitedMs = 0; heard.least < burst.messages; waitedMs += 50) {
      if (waitedMs > withinMs) break
      await sleep(50)
      heard = await heardAt(port)
    }
    // only now: what did not fit into the kernel at once has been written since
    const { cpuUs } = await child.ask<Spent>({ kind: 'spent' })
    if (heard.least !== burst.messages || heard.most !== burst.messages) return null
    const known = bytesOf(name, burst.of) ?? [0, Number.POSITIVE_INFINITY]
    const [least, most] = typeof known === 'number' ? [known, known] : known
    const heardBytes = heard.payloadBytes / heard.clients / burst.messages
    if (heardBytes < least || heardBytes > most)
      throw new Error(`${name}: ${heardBytes} bytes a message where ${least} were to come`)
    return cpuUs
  }
  const voids = new Map<string, number>()
  const runBurst = async (
    name: string,
    burst: Burst<Case>,
    withinMs = arrivesWithinMs,
  ): Promise<number> => {
    for (let tries = 0; tries < triesAtMost; tries++) {
      const cpuUs = await tryBurst(name, burst, withinMs)
      if (cpuUs !== null) return cpuUs
      voids.set(name, (voids.get(name) ?? 0) + 1)
    }
    throw new Error(`${name}: not every one of ${burst.messages} messages came everywhere: void`)
  }
  return {
    async open(clients) {
      for (const { port, dialect } of servers.values())
        await load.ask<Heard>({ kind: 'open', port, dialect, clients })
      // newcomers are given the state, and that is none of the messages
      await sleep(settleMs)
    },
    burst: runBurst,
    async warmUp(burst) {
      await Promise.all(Array.from(servers.keys(), (name) => runBurst(name, burst)))
    },
    takeVoids(name) {
      const count = voids.get(name) ?? 0
      voids.delete(name)
      return count
    },
    end() {
      for (const { child } of servers.values()) child.end()
      load.end()
    },
  }
}
