import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import type { JournalRow } from '#protocol/event.ts'
import { openWall } from '../../e2e/browser.ts'
import { percentile, picturesOf, type Reached, waitsOf, watchPictures } from '../../e2e/pictures.ts'
import { createServerProcess, type ServerProcess } from '../../e2e/server-process.ts'
import { waitFor } from '../../e2e/wait-for.ts'
import { threadMsOf } from '../main-thread.ts'
import { cpuMsOf } from '../processor-time.ts'
import type { Folded } from './clients.ts'

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const drawn = { widthPx: 1920, heightPx: 1080, lang: 'zh-CN' } as const
const atMostMs = 120_000
export const shares = [0.5, 0.95, 0.99]

/**
 * How long events waited after their receipt, ms, by share: until the page's picture had them, and the clients'
 * states; and the processor time of a second of it: of the page's main thread, of one client, and of the server.
 */
export interface Waited {
  page: number[]
  clients: number[]
  cpu: { pageMs: number; clientMs: number; serverMs: number }
}
export interface Stand {
  /** Sends for so many seconds, and waits until everybody has it. */
  send(perSecond: number, seconds: number, isDrawn: boolean): Promise<Waited>
  close(): Promise<void>
}

type Global = typeof globalThis & { isUndrawn?: boolean }
/** Runs in the page before all else: what a map asks to be drawn can be left out. */
const makeDrawingOptional = (): void => {
  const context = WebGL2RenderingContext.prototype
  for (const name of [
    'drawArrays',
    'drawElements',
    'drawArraysInstanced',
    'drawElementsInstanced',
  ] as const) {
    const draw = context[name] as (...parameters: unknown[]) => void
    Object.assign(context, {
      [name](this: WebGL2RenderingContext, ...parameters: unknown[]) {
        if (!(globalThis as Global).isUndrawn) draw.apply(this, parameters)
      },
    })
  }
}

const rowsFrom = async (server: ServerProcess, from: number): Promise<JournalRow[]> => {
  const rows: JournalRow[] = []
  for (;;) {
    const answer = await fetch(`${server.url}/api/journal?from=${from + rows.length}&limit=10000`, {
      headers: { authorization: `Bearer ${server.token}` },
    })
    const lines = (await answer.text()).split('\n').filter((line) => line !== '')
    if (lines.length === 0) return rows
    for (const line of lines) rows.push(JSON.parse(line) as JournalRow)
  }
}

/** A server, a wall in a browser and protocol clients, each in processes of their own. */
export const openStand = async (browser: Browser, clientCount: number): Promise<Stand> => {
  const server = await createServerProcess()
  await server.start()
  const wall = await openWall(browser, server.url, drawn)
  await waitFor('the wall is live', async () => {
    return (await wall.page.locator('[data-link]').first().getAttribute('data-link')) === 'live'
  })
  await wall.page.evaluate(makeDrawingOptional)
  await watchPictures(wall.page)
  const clients = fork(pathOf('clients.ts'), [server.url, server.token, String(clientCount)])
  await once(clients, 'message')
  const threadMs = await threadMsOf(wall.page)
  const used = async () => ({ pageMs: await threadMs(), serverMs: cpuMsOf(server.pid!) })
  let sent = 0

  return {
    async send(perSecond, seconds, isDrawn) {
      await wall.page.evaluate((drawn) => {
        ;(globalThis as Global).isUndrawn = !drawn
      }, isDrawn)
      const { seq: headBefore } = (await (await fetch(`${server.url}/healthz`)).json()) as {
        seq: number
      }
      const before = await used()
      const load = [server.url, server.token, sent, perSecond, seconds].map(String)
      const { stdout } = await promisify(execFile)(process.execPath, [pathOf('load.ts'), ...load])
      const count = perSecond * seconds
      sent += count
      if (Number(stdout) !== count)
        throw new Error(`${stdout.trim()} of ${count} were acknowledged`)
      const rows = (await rowsFrom(server, headBefore + 1)).filter(
        ({ source }) => source === 'bench',
      )
      const { seq } = rows.at(-1)!
      const asked = once(clients, 'message')
      clients.send(seq)
      let painted: Reached[] = []
      await waitFor(
        'everything is painted',
        async () => {
          painted = await picturesOf(wall.page)
          return (painted.at(-1)?.seq ?? 0) >= seq
        },
        atMostMs,
      )
      const [folded] = (await asked) as [Folded]
      const after = await used()
      wall.assertNoErrors()
      const inPage = waitsOf(rows, painted)
      const inClients = folded.reached.flatMap((own) => waitsOf(rows, own)).sort((a, b) => a - b)
      return {
        page: shares.map((share) => percentile(inPage, share)),
        clients: shares.map((share) => percentile(inClients, share)),
        cpu: {
          pageMs: (after.pageMs - before.pageMs) / seconds,
          clientMs: folded.cpuMs / clientCount / seconds,
          serverMs: (after.serverMs - before.serverMs) / seconds,
        },
      }
    },
    async close() {
      clients.disconnect()
      await wall.close()
      await server.remove()
    },
  }
}
