import { chromiumMissing, findChromium } from '../../tools/chromium.ts'
import { type Bench, inTurns, type Row, ratioOf, type Target } from '../bench.ts'
import { withScripts } from './script.ts'

/** How many times less ours must be, by units. */
const timesLess: Readonly<Record<number, number>> = { 10000: 3, 50000: 5 }
const cases = [
  { units: 1000, every: 1 },
  { units: 10_000, every: 1 },
  { units: 10_000, every: 6 },
  { units: 50_000, every: 1 },
  { units: 50_000, every: 6 },
]

const targetOf = (units: number, times: number): Target | null => {
  const least = timesLess[units]
  return least === undefined
    ? null
    : { says: `${least} × less than objects that are there`, isMet: times >= least }
}

export const tracksPage: Bench = {
  name: 'tracks-page',
  question:
    'What does one update of the units cost the main thread of a page, net of an idle frame, in processor time?',
  async run({ rounds, isShort, tell }): Promise<Row[]> {
    if (!findChromium()) {
      tell(chromiumMissing())
      return []
    }
    return withScripts(async (open) => {
      const rows: Row[] = []
      for (const { units, every } of isShort ? cases.slice(0, 1) : cases) {
        const named = `${units.toLocaleString('en-US')} units, ${every === 1 ? 'all' : 'a sixth'} moved`
        tell(named)
        const script = await open(units, every)
        const sides = await inTurns(
          {
            'binary frame → columns → deck.gl': () => script.netMs('columns'),
            'objects that are there → deck.gl': () => script.netMs('objects'),
            'JSON → objects → deck.gl': () => script.netMs('json'),
          },
          rounds,
        )
        await script.close()
        const [ours, objects] = sides
        const target = targetOf(units, ratioOf(objects!, ours!))
        rows.push({ case: named, unit: 'ms/update', sides, target })
      }
      return rows
    })
  },
}
