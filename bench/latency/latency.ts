import { launchBrowser } from '../../e2e/browser.ts'
import { chromiumMissing, findChromium } from '../../tools/chromium.ts'
import { type Bench, inTurns, medianOf, type Row, type Target } from '../bench.ts'
import { openStand, shares, type Waited } from './stand.ts'

/** T6.4, receipt to pixels, ms by share, at 200 events a second. */
const promisedMs: Readonly<Record<number, number>> = { 0.95: 1000, 0.99: 2000 }
const promisedAt = 200
const paces = [
  { perSecond: 10, seconds: 8 },
  { perSecond: promisedAt, seconds: 5 },
  { perSecond: 2000, seconds: 5 },
]
/** A page that has just been opened still loads its map and its fonts: a wall hangs for a year. */
const warmUpSeconds = 5
const clientCount = 19

const targetOf = (perSecond: number, share: number, foundMs: number): Target | null => {
  const atMostMs = perSecond === promisedAt ? promisedMs[share] : undefined
  return atMostMs === undefined ? null : { says: `≤ ${atMostMs} ms`, isMet: foundMs <= atMostMs }
}

/** Names of the sides; the map is left undrawn where it is asked what software's drawing adds. */
const page = 'receipt → picture in a page'
const undrawn = 'the same, its map undrawn'
const clients = `receipt → folded in ${clientCount} protocol clients`

export const latency: Bench = {
  name: 'latency',
  question:
    'How long does an event wait, from its receipt at the door to the picture that shows it? One page, 19 clients.',
  async run({ rounds, isShort, tell }): Promise<Row[]> {
    if (!findChromium()) {
      tell(chromiumMissing())
      return []
    }
    const browser = await launchBrowser()
    const stand = await openStand(browser, clientCount).catch(async (fault) => {
      await browser.close()
      throw fault
    })
    try {
      await stand.send(promisedAt, isShort ? 1 : warmUpSeconds, true)
      const found = new Map<string, Waited[]>()
      const measured = (perSecond: number, seconds: number, isDrawn: boolean) => async () => {
        const key = `${perSecond} ${isDrawn}`
        tell(`${perSecond} events/s${isDrawn ? '' : ', map undrawn'}`)
        const waited = await stand.send(perSecond, isShort ? 1 : seconds, isDrawn)
        found.set(key, [...(found.get(key) ?? []), waited])
        return waited.page[0]!
      }
      const used = isShort ? paces.slice(1, 2) : paces
      await inTurns(
        Object.fromEntries(
          used.flatMap(({ perSecond, seconds }) =>
            [true, false].map((isDrawn) => [
              `${perSecond} ${isDrawn}`,
              measured(perSecond, seconds, isDrawn),
            ]),
          ),
        ),
        rounds,
      )
      return used.flatMap(({ perSecond }) => {
        const drawn = found.get(`${perSecond} true`)!
        const bare = found.get(`${perSecond} false`)!
        const pace = `${perSecond.toLocaleString('en-US')} events/s`
        const waits = shares.map((share, n): Row => {
          const sides = [
            { name: page, rounds: drawn.map((each) => each.page[n]!) },
            { name: undrawn, rounds: bare.map((each) => each.page[n]!) },
            { name: clients, rounds: drawn.map((each) => each.clients[n]!) },
          ]
          const target = targetOf(perSecond, share, medianOf(sides[0]!.rounds))
          return {
            case: `${pace}, p${100 * share}`,
            unit: 'ms',
            sides,
            target: isShort ? null : target,
          }
        })
        const cpu: Row = {
          case: `${pace}, processor time`,
          unit: 'ms/s',
          sides: [
            { name: "the page's main thread", rounds: drawn.map((each) => each.cpu.pageMs) },
            { name: 'the same, its map undrawn', rounds: bare.map((each) => each.cpu.pageMs) },
            { name: 'one protocol client', rounds: drawn.map((each) => each.cpu.clientMs) },
            { name: 'the server', rounds: drawn.map((each) => each.cpu.serverMs) },
          ],
          target: null,
        }
        return [...waits, cpu]
      })
    } finally {
      await stand.close().finally(() => browser.close())
    }
  },
}
