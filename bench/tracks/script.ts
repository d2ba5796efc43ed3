import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { launchBrowser } from '../../e2e/browser.ts'
import type { openBench, Way } from './page.ts'

const entry = fileURLToPath(new URL('page.ts', import.meta.url))
const publicFolder = fileURLToPath(new URL('../../public', import.meta.url))
/** Nothing is there: the bench answers for it. */
const origin = 'https://bench.invalid/'
const ways: readonly Way[] = ['columns', 'objects', 'json', 'idle']

/** Processor time of the page's main thread for one update of every unit, ms: each round's, and their median. */
export interface Spent {
  roundsMs: number[]
  medianMs: number
}

const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

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

/**
 * Measures each way in turns, in a page of a real browser, so that what slows the machine slows all alike.
 * All but `idle` are net of an idle frame of the same round.
 */
export const measureScript = async (
  units: number,
  rounds: number,
  updates: number,
): Promise<Record<Way, Spent>> => {
  const code = await bundle()
  const browser = await launchBrowser()
  try {
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
      (count) => (globalThis as unknown as { openBench: typeof openBench }).openBench(count),
      units,
    )
    const cdp = await page.context().newCDPSession(page)
    // its own time only: what other threads and programs do does not count, nor does waiting for a picture
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    const threadMs = async () => {
      const { metrics } = await cdp.send('Performance.getMetrics')
      return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN)
    }
    const measure = async (way: Way, times: number): Promise<number> => {
      const startMs = await threadMs()
      await bench.evaluate((run, [which, many]) => run(which, many), [way, times] as const)
      return ((await threadMs()) - startMs) / times
    }
    for (const way of ways) await measure(way, 2 * updates)
    const found = Object.fromEntries(ways.map((way) => [way, [] as number[]]))
    for (let round = 0; round < rounds; round++) {
      const idleMs = await measure('idle', updates)
      for (const way of ways)
        found[way]!.push(way === 'idle' ? idleMs : (await measure(way, updates)) - idleMs)
    }
    return Object.fromEntries(
      ways.map((way) => [way, { roundsMs: found[way]!, medianMs: medianOf(found[way]!) }]),
    ) as Record<Way, Spent>
  } finally {
    await browser.close()
  }
}
