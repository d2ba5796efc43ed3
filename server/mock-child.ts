import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Log } from './world.ts'

/**
 * Runs the simulated prefecture as a process of its own: it knows the server by its public door alone.
 * It goes when this process goes, however that ends, because its channel closes.
 */
export const startMock = (url: string, token: string, log: Log): (() => void) => {
  const script = fileURLToPath(new URL('../mock/main.ts', import.meta.url))
  const child = fork(script, {
    env: { ...process.env, WANGLOU_URL: url, WANGLOU_INGEST_TOKEN: token },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const pass = (from: Readable | null, level: 'info' | 'warn'): void => {
    if (!from) return
    createInterface({ input: from }).on('line', (line) =>
      log[level](line.replace(/^mock: /, ''), { part: 'mock' }),
    )
  }
  pass(child.stdout, 'info')
  pass(child.stderr, 'warn')
  let isStopped = false
  const say = (what: string): void => {
    if (!isStopped) log.warn(`The simulated prefecture ${what}; the wall goes on without it`)
  }
  // without a listener, a process that cannot be made would end this one
  child.on('error', ({ message }) => say(`failed: ${message}`))
  child.on('exit', (code, signal) => say(signal ? `ended by ${signal}` : `ended with code ${code}`))
  return () => {
    isStopped = true
    child.kill('SIGTERM')
  }
}
