import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { launchBrowser } from '../../e2e/browser.ts'
import { threadMsOf } from '../main-thread.ts'
import type { Idle, Load, openBench, Way } from './in-page.ts'

const entry = fileURLToPath(new URL('in-page.ts', import.meta.url))
const publicFolder = fileURLToPath(new URL('../../public', import.meta.url))
/** Nothing is there: the bench answers for it. */
const origin = 'https://bench.invalid/'
/** Updates of one round: a page keeps one picture to each. */
const updates = 12
const ways = ['idle columns', 'idle objects', 'columns', 'objects', 'json'] as const

const bundle = async (): Promise<string> => {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2024',
      lib: { entry, formats: ['iife'], name: 'bench', fileName: 'bench' },
    },
  })
  const [first] = Array.isArray(result) ? result : [result]
  if (!first || !('output' in first)) throw new Error('the page was not built')
  return first.output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('\n')
}

/** Processor time of the page's main thread for one update, ms: what its own thread did, and nothing else. */
export interface Script {
  /** net of an idle frame of the same layers, taken just before */
  netMs(way: Way): Promise<number>
  close(): Promise<void>
}

/** A page of a real browser under such a load. */
const openScript = async (browser: Browser, code: string, load: Load): Promise<Script> => {
  const page = await browser.newPage({ viewport: { width: 800, height: 450 } })
  page.on('pageerror', (error) => console.error(error))
  await page.route(`${origin}**`, (route) => {
    const { pathname } = new URL(route.request().url())
    return pathname === '/'
      ? route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
      : route.fulfill({ path: join(publicFolder, pathname) })
  })
  await page.goto(origin)
  await page.addScriptTag({ content: code })
  const bench = await page.evaluateHandle(
    (all) => (globalThis as unknown as { openBench: typeof openBench }).openBench(all),
    load,
  )
  const threadMs = await threadMsOf(page)
  const measure = async (way: Way | Idle): Promise<number> => {
    const startMs = await threadMs()
    await bench.evaluate((run, [which, many]) => run(which, many), [way, updates] as const)
    return ((await threadMs()) - startMs) / updates
  }
  for (let time = 0; time < 2; time++) for (const way of ways) await measure(way)
  return {
    async netMs(way) {
      const idleMs = await measure(way === 'columns' ? 'idle columns' : 'idle objects')
      return (await measure(way)) - idleMs
    },
    close: () => page.close(),
  }
}

/** Builds the page once, for as many pages as are opened with what this gives, one after the other. */
export const withScripts = async <Result>(
  use: (open: (load: Load) => Promise<Script>) => Promise<Result>,
): Promise<Result> => {
  const code = await bundle()
  const browser = await launchBrowser()
  try {
    return await use((load) => openScript(browser, code, load))
  } finally {
    await browser.close()
  }
}
