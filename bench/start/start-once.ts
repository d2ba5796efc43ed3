import { deepStrictEqual } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { openWall } from '../../e2e/browser.ts'
import { openProgramScreen } from '../../e2e/program-screen.ts'
import { settledFigures } from '../../e2e/screen-figures.ts'
import { createServerProcess, type ServerProcess } from '../../e2e/server-process.ts'
import { cpuMsOf } from '../processor-time.ts'

/** From the start of the server's process, ms. */
export interface Started {
  readyMs: number
  /** processor time of the server until then */
  readyCpuMs: number
  screenMs: number
  /** null: there is no browser */
  pageMs: number | null
}

const liveWithinMs = 60_000
/** What a server may have noticed by itself over all rounds. */
const ownAtMost = 1000

/** Lets the operating system forget what it has read of a journal, as after a night; the disk's own cache stays. */
const forget = (folder: string): void => {
  for (const name of ['journal.sqlite', 'journal.sqlite-wal', 'journal.sqlite-shm']) {
    const file = join(folder, name)
    if (existsSync(file))
      execFileSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' })
  }
}

const screenWithin = async ({ url, token }: ServerProcess): Promise<number> => {
  const openedMs = performance.now()
  const screen = openProgramScreen(url, token)
  try {
    while (screen.link?.state !== 'live') {
      if (performance.now() - openedMs > liveWithinMs) throw new Error('no screen became live')
      await sleep(1)
    }
    return performance.now() - openedMs
  } finally {
    screen.stop()
  }
}

const pageWithin = async (browser: Browser, url: string, seq: number): Promise<number> => {
  const startedMs = performance.now()
  const wall = await openWall(browser, url, { widthPx: 1280, heightPx: 720, lang: 'zh-CN' })
  await wall.page.waitForFunction((to) => {
    const root = document.querySelector<HTMLElement>('[data-link]')
    const figures = [...document.querySelectorAll('[data-figure]')]
    return (
      root?.dataset.link === 'live' &&
      Number(root.dataset.seq) >= to &&
      figures.length > 0 &&
      figures.every(({ textContent }) => (textContent ?? '').trim() !== '')
    )
  }, seq)
  const tookMs = performance.now() - startedMs
  const { shown, expected } = await settledFigures(wall.page, url)
  deepStrictEqual(shown, expected, 'the page shows other figures than the server has')
  await wall.close()
  return tookMs
}

/** The server's own events come on top, some each round; a checkpoint saved in a round would make the next ones easier. */
const assertBehind = async ({ metrics }: ServerProcess, least: number): Promise<void> => {
  const figures = await metrics()
  const behind = figures.get('wanglou_journal_head_seq')! - figures.get('wanglou_checkpoint_seq')!
  if (!(behind >= least && behind < least + ownAtMost))
    throw new Error(`the journal lies ${behind} events behind its checkpoint, not ${least}`)
}

/** Starts a server on a journal that a killed one has left, so many events behind its checkpoint, and kills it again. */
export const startOnce = async (
  folder: string,
  behind: number,
  browser: Browser | null,
): Promise<Started> => {
  forget(folder)
  const server = await createServerProcess({ WANGLOU_DATA: folder })
  try {
    const startedMs = performance.now()
    await server.start()
    const readyMs = performance.now() - startedMs
    const readyCpuMs = cpuMsOf(server.pid!)
    await assertBehind(server, behind)
    const { seq } = (await (await fetch(`${server.url}/healthz`)).json()) as { seq: number }
    const screenMs = readyMs + (await screenWithin(server))
    const pageMs = browser && readyMs + (await pageWithin(browser, server.url, seq))
    return { readyMs, readyCpuMs, screenMs, pageMs }
  } finally {
    await server.end('SIGKILL')
  }
}
