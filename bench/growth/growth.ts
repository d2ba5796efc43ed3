import { chromiumMissing, findChromium } from '../../tools/chromium.ts'
import { type Bench, inTurns, medianOf, type Options, type Row } from '../bench.ts'
import { journalSizes, journalsOf } from '../journals/journals.ts'
import { withScripts } from '../tracks/script.ts'
import { slopeOf } from './slope.ts'
import { openStoreCosts } from './store-costs.ts'

/** How far a measurement may stray from the power that is promised. */
const straysBy = 0.1
const unitCounts = [100, 1000, 10_000, 50_000]

/** One thing at several sizes, in turns, and by which power of the size it grows. */
const grown = async (
  named: string,
  unit: string,
  /** the power of the size that is promised: 0 for what must cost the same at any */
  power: number,
  costs: readonly { size: number; of: string; cost: () => Promise<number> }[],
  { rounds, isShort }: Options,
): Promise<Row> => {
  const nameOf = (each: (typeof costs)[number]) => `${each.size.toLocaleString('en-US')} ${each.of}`
  const sides = await inTurns(
    Object.fromEntries(costs.map((each) => [nameOf(each), each.cost])),
    rounds,
  )
  const exponent = slopeOf(
    costs.map(({ size }, n) => ({ size, cost: Math.max(1e-6, medianOf(sides[n]!.rounds)) })),
  )
  const atMost = power + straysBy
  const says = `exponent ≤ ${atMost} (${exponent.toFixed(2)})`
  return { case: named, unit, sides, target: isShort ? null : { says, isMet: exponent <= atMost } }
}

const ofJournal = async (options: Options): Promise<Row[]> => {
  const journals = await journalsOf(journalSizes(options.isShort), options.tell)
  const opened = journals.map(({ count, folder }) => ({
    size: count,
    of: 'events',
    costs: openStoreCosts(folder, count),
  }))
  try {
    const append = opened.map((each) => ({
      ...each,
      cost: async () => 1000 * each.costs.appendOneMs(),
    }))
    const read = opened.map((each) => ({ ...each, cost: async () => each.costs.readPageMs() }))
    // when one costs the same at any size, all together are linear
    return [
      await grown('append an event', 'µs/event', 0, append, options),
      await grown('read a page of 2,000 events', 'ms/page', 0, read, options),
    ]
  } finally {
    for (const { costs } of opened) costs.close()
  }
}

const ofPage = (options: Options): Promise<Row[]> =>
  withScripts(async (open) => {
    const counts = options.isShort ? unitCounts.slice(0, 2) : unitCounts
    const scripts = await Promise.all(counts.map((units) => open({ units, every: 1 })))
    const costs = scripts.map((script, n) => ({
      size: counts[n]!,
      of: 'units',
      cost: () => script.netMs('columns'),
    }))
    return [await grown('an update of every unit in a page', 'ms/update', 1, costs, options)]
  })

export const growth: Bench = {
  name: 'growth',
  question:
    'By which power does what one event or one update costs (processor time) grow with what is there already?',
  async run(options): Promise<Row[]> {
    const rows = await ofJournal(options)
    if (findChromium()) return [...rows, ...(await ofPage(options))]
    options.tell(chromiumMissing())
    return rows
  },
}
