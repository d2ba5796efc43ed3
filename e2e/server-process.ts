import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { JournalRow } from '#protocol/event.ts'
import { ownSource } from '#protocol/source.ts'

const main = fileURLToPath(new URL('../server/main.ts', import.meta.url))

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** A connection of its own: one that was kept may be closed just as a test that was busy for long asks again. */
const alone = { connection: 'close' }

/** A real server on a folder and a port of its own; it can be killed and started again. */
export interface ServerProcess {
  url: string
  port: number
  folder: string
  token: string
  /** Starts it and waits until it serves. */
  start(): Promise<void>
  /** Ends it and waits; the exit code, or null when a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
  /** null while it does not run */
  readonly pid: number | null
  /** Everything it has printed so far. */
  output(): string
  post(
    lines: readonly unknown[],
    query?: string,
  ): Promise<{ accepted: number; duplicate: number; refused: unknown[] }>
  /** from a seq on, or all of it */
  journal(from?: number): Promise<JournalRow[]>
  /** The same without what the server noticed by itself. */
  sentJournal(): Promise<JournalRow[]>
  /** what it says of itself in `/metrics` now, by name and labels: `wanglou_faults{severity="error"}` */
  metrics(): Promise<ReadonlyMap<string, number>>
  /**
   * Ends it and takes its folder away. Throws where a screen's standing checker has counted anything in the run that is
   * still on (a run that was killed takes its counts with it), or where one had ended by itself.
   */
  remove(): Promise<void>
}

export const createServerProcess = async (
  env: Record<string, string> = {},
): Promise<ServerProcess> => {
  const folder = env.WANGLOU_DATA ?? mkdtempSync(join(tmpdir(), 'wanglou-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const token = 'e2e-token-of-a-test'
  let child: ChildProcess | null = null
  let printed = ''
  let isAskedToEnd = false
  let endedByItself: string | null = null

  const isServing = async (): Promise<boolean> => {
    try {
      return (await fetch(`${url}/healthz`)).ok
    } catch {
      return false
    }
  }
  const post: ServerProcess['post'] = async (lines, query = '') => {
    const answer = await fetch(`${url}/ingest/events${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
      body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    })
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
    return answer.json()
  }

  const journal = async (from = 1): Promise<JournalRow[]> => {
    const rows: JournalRow[] = []
    for (;;) {
      const answer = await fetch(`${url}/api/journal?from=${from + rows.length}&limit=10000`, {
        headers: { authorization: `Bearer ${token}`, ...alone },
      })
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
      const lines = (await answer.text()).split('\n').filter((line) => line !== '')
      if (lines.length === 0) return rows
      for (const line of lines) rows.push(JSON.parse(line) as JournalRow)
    }
  }

  const end: ServerProcess['end'] = async (signal) => {
    if (!child || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null
    const exited = once(child, 'exit')
    isAskedToEnd = true
    child.kill(signal)
    const [code] = await exited
    return code as number | null
  }

  const metrics: ServerProcess['metrics'] = async () => {
    const answer = await fetch(`${url}/metrics`, {
      headers: alone,
      signal: AbortSignal.timeout(30_000),
    })
    const lines = (await answer.text()).matchAll(/^([a-z]\S*) (\S+)$/gm)
    return new Map(Array.from(lines, ([, name, value]) => [name!, Number(value)]))
  }
  /** What is wrong with this run whatever the test was about, or null. */
  const findFault = async (): Promise<string | null> => {
    if (endedByItself !== null) return endedByItself
    if (child === null || child.exitCode !== null || child.signalCode !== null) return null
    const told = Array.from(await metrics()).filter(([name]) =>
      name.startsWith('wanglou_screen_sequence_faults_total{'),
    )
    if (told.length === 0) return '/metrics does not say what the screens have counted'
    const counted = told.filter(([, value]) => value !== 0)
    if (counted.length === 0) return null
    return `screens were not sent every seq once and in order: ${JSON.stringify(counted)}`
  }

  return {
    url,
    port,
    folder,
    token,
    post,
    end,
    get pid() {
      return child?.exitCode === null && child.signalCode === null ? (child.pid ?? null) : null
    },
    output: () => printed,
    async start() {
      child = spawn(process.execPath, [main], {
        env: {
          PATH: process.env.PATH,
          WANGLOU_PORT: String(port),
          WANGLOU_DATA: folder,
          WANGLOU_MOCK: 'off',
          WANGLOU_INGEST_TOKEN: token,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      for (const stream of [child.stdout!, child.stderr!])
        stream.on('data', (text) => (printed += text))
      isAskedToEnd = false
      child.on('exit', (code, signal) => {
        if (!isAskedToEnd) endedByItself = `the server ended by itself (${code ?? signal})`
      })
      for (let tries = 0; !(await isServing()); tries++) {
        if (child.exitCode !== null || tries > 1200)
          throw new Error(`the server did not start:\n${printed}`)
        await sleep(25)
      }
    },
    journal,
    sentJournal: async () => (await journal()).filter(({ source }) => source !== ownSource),
    metrics,
    async remove() {
      const fault = await findFault().catch((error) => `/metrics does not answer: ${error}`)
      await end('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
      if (fault !== null) throw new Error(`${fault}\n${printed.slice(-2000)}`)
    },
  }
}

/** Runs the server for as long as it runs by itself: for starts that must fail. */
export const runToEnd = async (
  env: Record<string, string>,
): Promise<{ code: number; output: string; ms: number }> => {
  const startedMs = performance.now()
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH, ...env } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const [code] = (await once(child, 'close')) as [number]
  return { code, output, ms: performance.now() - startedMs }
}
