import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { quantile } from '../../e2e/break/spread.ts'
import { type OpenWall, openWall } from '../../e2e/browser.ts'
import { picturesOf, type Reached, waitsOf, watchPictures } from '../../e2e/pictures.ts'
import { createServerProcess, type ServerProcess } from '../../e2e/server-process.ts'
import { waitFor } from '../../e2e/wait-for.ts'
import { startChild } from '../fan-out/child.ts'
import { threadMsOf } from '../main-thread.ts'
import { cpuMsOf } from '../processor-time.ts'
import type { Folded, ToClients } from './clients.ts'

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

type Global = typeof globalThis & { isUndrawn?: boolean; painted: Reached[] }
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

/** From now on the page keeps its pictures anew: what is read while it is measured must not grow over the rounds. */
const forgetPictures = (page: Page): Promise<void> =>
  page.evaluate(() => {
    ;(globalThis as Global).painted = []
  })
const lastPainted = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as Global).painted.at(-1)?.seq ?? 0)

const headOf = async ({ url }: ServerProcess): Promise<number> =>
  ((await (await fetch(`${url}/healthz`)).json()) as { seq: number }).seq

/** A server, a wall in a browser and protocol clients, each in processes of their own. */
export const openStand = async (browser: Browser, clientCount: number): Promise<Stand> => {
  const server = await createServerProcess()
  const closings: (() => unknown)[] = [() => server.remove()]
  const close = async (): Promise<void> => {
    for (const closeOne of closings.splice(0).reverse()) await closeOne()
  }
  try {
    await server.start()
    const wall = await openWall(browser, server.url, drawn)
    closings.push(() => wall.close())
    const parameters = [server.url, server.token, String(clientCount)]
    const clients = startChild(new URL('clients.ts', import.meta.url), parameters)
    closings.push(() => clients.end())
    const ask = (seq: number) => clients.ask<Folded>({ seq } satisfies ToClients)
    await waitFor('the wall is live', async () => {
      return (await wall.page.locator('[data-link]').first().getAttribute('data-link')) === 'live'
    })
    await wall.page.evaluate(makeDrawingOptional)
    await watchPictures(wall.page)
    await ask(0)
    return { send: await sendingTo(server, wall, ask, clientCount), close }
  } catch (fault) {
    await close()
    throw fault
  }
}

const sendingTo = async (
  server: ServerProcess,
  wall: OpenWall,
  ask: (seq: number) => Promise<Folded>,
  clientCount: number,
): Promise<Stand['send']> => {
  const threadMs = await threadMsOf(wall.page)
  const used = async () => ({ pageMs: await threadMs(), serverMs: cpuMsOf(server.pid!) })
  let sent = 0
  return async (perSecond, seconds, isDrawn) => {
    await wall.page.evaluate((drawn) => {
      ;(globalThis as Global).isUndrawn = !drawn
    }, isDrawn)
    await forgetPictures(wall.page)
    const headBefore = await headOf(server)
    const load = [server.url, server.token, sent, perSecond, seconds].map(String)
    const before = await used()
    const { stdout } = await promisify(execFile)(process.execPath, [pathOf('load.ts'), ...load])
    const head = await headOf(server)
    const asked = ask(head)
    await waitFor(
      'everything is painted',
      async () => (await lastPainted(wall.page)) >= head,
      atMostMs,
    )
    const folded = await asked
    const after = await used()
    // what the bench itself asks for is asked for when all is measured
    const count = perSecond * seconds
    sent += count
    if (Number(stdout) !== count) throw new Error(`${stdout.trim()} of ${count} were acknowledged`)
    wall.assertNoErrors()
    const journal = await server.journal(headBefore + 1)
    const rows = journal.filter(({ source }) => source === 'bench')
    const inPage = waitsOf(rows, await picturesOf(wall.page))
    const inClients = folded.reached.flatMap((own) => waitsOf(rows, own))
    return {
      page: shares.map((share) => quantile(inPage, share)),
      clients: shares.map((share) => quantile(inClients, share)),
      cpu: {
        pageMs: (after.pageMs - before.pageMs) / seconds,
        clientMs: folded.cpuMs / clientCount / seconds,
        serverMs: (after.serverMs - before.serverMs) / seconds,
      },
    }
  }
}
