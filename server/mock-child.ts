import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Runs the simulated prefecture as a process of its own: it knows the server by its public door alone.
 * It goes when this process goes, however that ends, because its channel closes.
 */
export const startMock = (url: string, token: string): (() => void) => {
  const script = fileURLToPath(new URL('../mock/main.ts', import.meta.url))
  const child = fork(script, {
    env: { ...process.env, WANGLOU_URL: url, WANGLOU_INGEST_TOKEN: token },
    stdio: 'inherit',
  })
  let isStopped = false
  const say = (what: string): void => {
    if (!isStopped) console.error(`the simulated prefecture ${what}; the wall goes on without it`)
  }
  // without a listener, a process that cannot be made would end this one
  child.on('error', ({ message }) => say(`failed: ${message}`))
  child.on('exit', (code, signal) => say(signal ? `ended by ${signal}` : `ended with code ${code}`))
  return () => {
    isStopped = true
    child.kill('SIGTERM')
  }
}
