import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { quantile } from '../../e2e/break/spread.ts'
import { createServerProcess, type ServerProcess } from '../../e2e/server-process.ts'
import { waitFor } from '../../e2e/wait-for.ts'
import type { Spent, Work } from './work.ts'

const screens = 3

const start = (script: string, ...parameters: string[]): ChildProcess =>
  fork(new URL(script, import.meta.url), parameters)

/** What a process says next; a process that ends instead has failed. */
const wordOf = async (child: ChildProcess): Promise<unknown> => {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`it ended with ${code}`)
  })
  const [word] = (await Promise.race([once(child, 'message'), ended])) as [unknown]
  return word
}
const asked = (child: ChildProcess): Promise<unknown> => {
  const word = wordOf(child)
  child.send('now')
  return word
}

const cpuMicrosOf = async ({ url, token }: ServerProcess): Promise<number> => {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  const seconds = /^process_cpu_seconds_total (\S+)/m.exec(await answer.text())![1]!
  return Number(seconds) * 1e6
}

/** The real server on a fresh folder, with its screens, under a sender in a process of its own. */
export const measureOurs = async (work: Work): Promise<Spent> => {
  const server = await createServerProcess()
  const children: ChildProcess[] = []
  try {
    await server.start()
    const watching = start('screens.ts', server.url, server.token, String(screens))
    children.push(watching)
    await wordOf(watching)
    const sender = start('sender.ts', server.url, server.token, JSON.stringify(work))
    children.push(sender)
    await wordOf(sender)
    const before = await cpuMicrosOf(server)
    const { tookMs, wallMs } = (await asked(sender)) as { tookMs: number[]; wallMs: number }
    const events = work.batches * work.eventsPerBatch
    const head = Number((await (await fetch(`${server.url}/healthz`)).json()).seq)
    await waitFor('every screen has every event', async () =>
      ((await asked(watching)) as number[]).every((seq) => seq >= head),
    )
    const cpuMicros = (await cpuMicrosOf(server)) - before
    return {
      eventsPerSecond: (1000 * events) / wallMs,
      p99Ms: quantile(tookMs, 0.99),
      cpuMicrosPerEvent: cpuMicros / events,
    }
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await server.remove()
  }
}
