import { chromiumMissing, findChromium } from '../../tools/chromium.ts'
import { type Bench, inTurns, type Row, ratioOf } from '../bench.ts'
import type { Load } from './in-page.ts'
import { withScripts } from './script.ts'

/** A load, and how many times less ours must be than objects that are there. */
interface Case extends Load {
  named: string
  timesLess?: number
}
const cases: Case[] = [
  { named: '1,000 units, all moved', units: 1000, every: 1 },
  { named: '10,000 units, all moved', units: 10_000, every: 1, timesLess: 3 },
  { named: '10,000 units, a sixth moved', units: 10_000, every: 6, timesLess: 3 },
  { named: '50,000 units, all moved', units: 50_000, every: 1, timesLess: 5 },
  { named: '50,000 units, a sixth moved', units: 50_000, every: 6, timesLess: 5 },
  {
    named: '10,000 units, all moved, and 3,000 cells, of which 10 turned',
    ...{ units: 10_000, every: 1, cellsTurned: 10 },
  },
  {
    named: '10,000 units, all moved, and 3,000 cells, of which 1,000 turned',
    ...{ units: 10_000, every: 1, cellsTurned: 1000 },
  },
  {
    named: '2,000 units, gliding for a second in 15 pictures, and 3,000 cells, of which 10 turned',
    ...{ units: 2000, every: 1, cellsTurned: 10, glidePictures: 15 },
  },
]

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
      for (const { named, timesLess, ...load } of isShort ? cases.slice(0, 1) : cases) {
        tell(named)
        const script = await open(load)
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
        const target = timesLess
          ? {
              says: `${timesLess} × less than objects that are there`,
              isMet: ratioOf(objects!, ours!) >= timesLess,
            }
          : null
        rows.push({ case: named, unit: 'ms/update', sides, target })
      }
      return rows
    })
  },
}
