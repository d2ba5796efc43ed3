import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { openWall } from '../../e2e/browser.ts'
import { openProgramScreen } from '../../e2e/program-screen.ts'
import { askFigures, readScreen } from '../../e2e/screen-figures.ts'
import { createServerProcess } from '../../e2e/server-process.ts'
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

/** Lets the operating system forget what it has read of a journal, as after a night; the disk's own cache stays. */
const forget = (folder: string): void => {
  for (const name of ['journal.sqlite', 'journal.sqlite-wal', 'journal.sqlite-shm']) {
    const file = join(folder, name)
    if (existsSync(file))
      execFileSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' })
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
  const screen = await readScreen(wall.page)
  const own = await askFigures(url, 'wall', screen)
  // of a picture that an event has overtaken nothing can be said
  if (String(own.seq) === screen.seq) {
    const wrong = screen.figures.flatMap((shown, n) => {
      const { name, value } = own.figures[n]!
      return value === shown.value ? [] : [`${name}: ${shown.value}, not ${value}`]
    })
    if (wrong.length > 0)
      throw new Error(`the page shows other figures: ${wrong.join('; ')} at ${screen.now}`)
  }
  await wall.close()
  return tookMs
}

/** Starts a server on a journal that a killed one has left, and kills it again. */
export const startOnce = async (folder: string, browser: Browser | null): Promise<Started> => {
  forget(folder)
  const server = await createServerProcess({ WANGLOU_DATA: folder })
  const startedMs = performance.now()
  await server.start()
  const readyMs = performance.now() - startedMs
  const readyCpuMs = cpuMsOf(server.pid!)
  try {
    const { seq } = (await (await fetch(`${server.url}/healthz`)).json()) as { seq: number }
    const openedMs = performance.now()
    const screen = openProgramScreen(server.url, server.token)
    while (screen.link?.state !== 'live') await new Promise((done) => setTimeout(done, 1))
    const screenMs = readyMs + performance.now() - openedMs
    screen.stop()
    const pageMs = browser && readyMs + (await pageWithin(browser, server.url, seq))
    return { readyMs, readyCpuMs, screenMs, pageMs }
  } finally {
    await server.end('SIGKILL')
  }
}
