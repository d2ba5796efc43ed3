import { launchBrowser } from '../../e2e/browser.ts'
import { chromiumMissing, findChromium } from '../../tools/chromium.ts'
import { type Bench, inTurns, medianOf, type Row, type Side } from '../bench.ts'
import { behindOf, journalSizes, journalsOf } from '../journals/journals.ts'
import { type Started, startOnce } from './start-once.ts'

/** So much more than the smallest journal's start, and a start is no longer called the same. */
const timesAtMost = 1.5

const rowOf = (named: string, sides: readonly Side[], isPromised: boolean): Row => {
  const [least] = sides
  const times = Math.max(...sides.map((side) => medianOf(side.rounds))) / medianOf(least!.rounds)
  const target = { says: `≤ ${timesAtMost} × at any size`, isMet: times <= timesAtMost }
  return { case: named, unit: 'ms', sides, target: isPromised ? target : null }
}

export const start: Bench = {
  name: 'start',
  question:
    'How long does a start take after a kill, by the events in the journal, from the process to a picture?',
  async run({ rounds, isShort, tell }): Promise<Row[]> {
    const journals = await journalsOf(journalSizes(isShort), tell)
    const hasBrowser = findChromium() !== undefined
    if (!hasBrowser) tell(chromiumMissing())
    const browser = hasBrowser ? await launchBrowser() : null
    const starts = new Map<string, Started[]>()
    try {
      const ways = Object.fromEntries(
        journals.map(({ count, folder }) => {
          const name = `${count.toLocaleString('en-US')} events`
          const way = async () => {
            tell(name)
            const started = await startOnce(folder, behindOf(count), browser)
            starts.set(name, [...(starts.get(name) ?? []), started])
            return started.readyMs
          }
          return [name, way]
        }),
      )
      const ready = await inTurns(ways, rounds)
      const sidesOf = (pick: (started: Started) => number | null): Side[] =>
        Array.from(starts, ([name, all]) => ({
          name,
          rounds: all.flatMap((started) => pick(started) ?? []),
        }))
      const isPromised = !isShort
      const rows = [
        rowOf('to ready', ready, isPromised),
        rowOf(
          'to ready, processor time of the server',
          sidesOf(({ readyCpuMs }) => readyCpuMs),
          isPromised,
        ),
        rowOf(
          "to a program's screen",
          sidesOf(({ screenMs }) => screenMs),
          isPromised,
        ),
      ]
      if (browser) {
        const pages = sidesOf(({ pageMs }) => pageMs)
        rows.push(rowOf("to a page's full picture", pages, isPromised))
      }
      return rows
    } finally {
      await browser?.close()
    }
  },
}
