import { growthOf, judge, type Series, slopeOf } from './judge.ts'
import type { PageCounts } from './page-counts.ts'
import type { ServerCounts } from './server-counts.ts'

/** What everybody held at one time. */
export interface Sample {
  atMs: number
  page: PageCounts
  server: ServerCounts
  /** what a screen has folded, as a snapshot would say it */
  stateBytes: number
}

export interface Verdict {
  name: string
  first: string
  last: string
  says: string
  isKept: boolean
}

/** What a page may hold more of after it was changed to and fro. */
const more = { nodes: 60, listeners: 4, contexts: 0, glObjects: 20 }
type Churned = keyof typeof more

export const isBackAt = (before: PageCounts, after: PageCounts): boolean =>
  Object.entries(more).every(
    ([name, plus]) => after[name as Churned] - before[name as Churned] <= plus,
  )

const mib = 2 ** 20
const bytesText = (bytes: number): string => `${(bytes / mib).toFixed(2)} MiB`
const countText = (count: number): string => String(Math.round(count * 10) / 10)

/** What the samples after the warm-up say of growth, and two looks before and after a churn of what the page holds. */
export const verdictsOf = (
  samples: readonly Sample[],
  {
    speed,
    before,
    after,
    churns,
  }: { speed: number; before: PageCounts; after: PageCounts; churns: number },
): Verdict[] => {
  const series = (of: (sample: Sample) => number): Series => ({
    atMs: samples.map(({ atMs }) => atMs),
    values: samples.map(of),
  })
  const stateGrowth = growthOf(series(({ stateBytes }) => stateBytes))
  const row = (
    name: string,
    of: (sample: Sample) => number,
    text: (value: number) => string,
    bound: { share: number; plus: number } | null,
  ): Verdict => {
    const own = series(of)
    const { growth, allowed, isKept } = judge(own, bound ?? { share: 0, plus: Infinity })
    const perHour = text((slopeOf(own) * 3_600_000) / speed)
    const may = bound ? `at most ${text(allowed)}` : 'only told'
    return {
      name,
      first: text(own.values[0]!),
      last: text(own.values.at(-1)!),
      says: `grew by ${text(growth)} (${may}); ${perHour} an hour-equivalent`,
      isKept,
    }
  }
  const still = (name: string, of: (sample: Sample) => number, expected: number): Verdict => {
    const values = samples.map(of)
    const isKept = values.every((value) => value === expected)
    const says = isKept ? `always ${expected}` : `expected ${expected}, saw ${[...new Set(values)]}`
    return { name, first: String(values[0]), last: String(values.at(-1)), says, isKept }
  }
  const churned = (name: Churned): Verdict => ({
    name: `page ${name}, ${churns} changes of size, layers and scenes later`,
    first: countText(before[name]),
    last: countText(after[name]),
    says: `at most ${more[name]} more`,
    isKept: after[name] - before[name] <= more[name],
  })
  /** what is folded may grow, and an object costs several times what its text does */
  const ofState = 6 * Math.max(0, stateGrowth)
  return [
    row('state, as text', ({ stateBytes }) => stateBytes, bytesText, null),
    row('page heap', ({ page }) => page.heapBytes, bytesText, {
      share: 0,
      plus: 2 * mib + ofState,
    }),
    row('page nodes', ({ page }) => page.nodes, countText, { share: 0.05, plus: 0 }),
    row('page nodes not shown', ({ page }) => page.detached, countText, { share: 0, plus: 30 }),
    row('page listeners', ({ page }) => page.listeners, countText, { share: 0, plus: 4 }),
    still('page WebGL contexts', ({ page }) => page.contexts, 1),
    still('page WebGL contexts lost', ({ page }) => page.contextsLost, 0),
    row('page WebGL objects', ({ page }) => page.glObjects, countText, { share: 0.05, plus: 0 }),
    row('renderer RSS', ({ page }) => page.rendererBytes, bytesText, { share: 0, plus: 100 * mib }),
    row('GPU process RSS', ({ page }) => page.gpuBytes, bytesText, { share: 0, plus: 100 * mib }),
    row('server heap', ({ server }) => server.heapBytes, bytesText, {
      share: 0.1,
      plus: 16 * mib + ofState,
    }),
    row('server RSS', ({ server }) => server.residentBytes, bytesText, null),
    row('server sockets', ({ server }) => server.sockets, countText, { share: 0, plus: 3 }),
    row('server timers', ({ server }) => server.timers, countText, { share: 0, plus: 5 }),
    row('server files', ({ server }) => server.files, countText, { share: 0, plus: 5 }),
    still('missed, doubled, out of order', ({ server }) => server.sequenceFaults, 0),
    row('journal seq', ({ server }) => server.seq, countText, null),
    row('positions taken', ({ server }) => server.fixes, countText, null),
    churned('nodes'),
    churned('listeners'),
    churned('contexts'),
    churned('glObjects'),
  ]
}

export const tableOf = (verdicts: readonly Verdict[], title: string): string => {
  const rows = verdicts.map(({ name, first, last, says, isKept }) =>
    [name, first, last, says, isKept ? 'ok' : '**FAILED**'].join(' | '),
  )
  const head = [
    'what | first | last | growth, by the median slope | ',
    '--- | --- | --- | --- | ---',
  ]
  return `# Soak: ${title}\n\n${[...head, ...rows].map((line) => `| ${line} |`).join('\n')}\n`
}
