import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { launchBrowser } from '../../e2e/browser.ts'
import type { openBench, Way } from './page.ts'

const entry = fileURLToPath(new URL('page.ts', import.meta.url))
const ways: readonly Way[] = ['columns', 'objects', 'json', 'idle']

/** Milliseconds of one update of every unit: the medians of the rounds, and their median. */
export interface Spent {
  rounds: number[]
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

/** Measures each way in turns, in a page of a real browser, so that what slows the machine slows all alike. */
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
    await page.addScriptTag({ content: code })
    const bench = await page.evaluateHandle(
      (count) => (globalThis as unknown as { openBench: typeof openBench }).openBench(count),
      units,
    )
    const measure = (way: Way, times: number) =>
      bench.evaluate((run, [which, many]) => run(which, many), [way, times] as const)
    for (const way of ways) await measure(way, updates)
    const found = Object.fromEntries(ways.map((way) => [way, [] as number[]]))
    for (let round = 0; round < rounds; round++) {
      for (const way of ways) found[way]!.push(medianOf(await measure(way, updates)))
    }
    return Object.fromEntries(
      ways.map((way) => [way, { rounds: found[way]!, medianMs: medianOf(found[way]!) }]),
    ) as Record<Way, Spent>
  } finally {
    await browser.close()
  }
}
