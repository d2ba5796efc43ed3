import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ServerProcess } from '../server-process.ts'

/** What a crowd is told to be. */
export interface CrowdOptions {
  url: string
  token: string
  screens: number
  seed: string
  /** they all come within this time, ms */
  spreadMs: number
  /** whether they come back as soon as they can, or as a wall does */
  isHasty: boolean
}

/** How a crowd stands. */
export interface Standing {
  live: number
  /** the lowest and highest seq among its screens */
  seqs: [number, number]
  reconnects: number
  snapshots: number
  /** sockets opened, by the second since 1970 */
  openedBySecond: Record<number, number>
  /** from the sender's clock until a screen had folded it, since the last look, ms */
  latenciesMs: number[]
}
/** What its screens show: `[seq, fingerprint of the states]`, each once. */
export type Shown = [number, string][]

export interface Crowd {
  look(): Promise<Standing>
  show(): Promise<Shown>
  /** Throws what any of its screens found. */
  stop(): Promise<void>
}

const script = fileURLToPath(new URL('./crowd-process.ts', import.meta.url))

/** Screens in a process of their own, so that they take nothing from the server but what screens take. */
export const openCrowd = (
  { url, token }: Pick<ServerProcess, 'url' | 'token'>,
  options: Pick<CrowdOptions, 'screens' | 'seed'> & Partial<CrowdOptions>,
): Crowd => {
  const child: ChildProcess = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const all: CrowdOptions = { url, token, spreadMs: 0, isHasty: false, ...options }
  child.send(all)
  let isStopped = false
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`a crowd of screens ended by itself (${code ?? signal})`)
  })
  ended.catch(() => {})
  let asked: Promise<unknown> = Promise.resolve()
  const ask = async (question: string): Promise<unknown> => {
    const before = asked
    const answered = before.then(() => {
      if (!child.connected) return ended
      child.send(question)
      return new Promise((resolve) => child.once('message', resolve))
    })
    asked = answered
    return Promise.race([answered, ended])
  }
  return {
    look: () => ask('look') as Promise<Standing>,
    show: () => ask('show') as Promise<Shown>,
    async stop() {
      if (isStopped) return
      isStopped = true
      const fault = (await ask('stop')) as { fault: string | null }
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
      if (fault.fault !== null) throw new Error(fault.fault)
    },
  }
}
