import { deepStrictEqual, ok } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventOf, fingerprintOf, strictFold } from '../journal-fold.ts'
import { mixedEvent, startLoad } from '../load.ts'
import { waitFor } from '../wait-for.ts'
import { assertAnswered, assertKept, noAnswer } from './account.ts'
import type { Break, Shown as Outcome } from './break.ts'
import { type Crowd, openCrowd, type Shown, type Standing } from './crowd.ts'
import { onServer } from './on-server.ts'
import { memoryOf } from './process-memory.ts'

const consistentWithinS = 30
/** Beyond this it hangs, however busy the machine is. */
const hangsAfterMs = 240_000
const loopDelayP99Ms = 100
const rssFactor = 1.5
const binFactor = 3
/** As server/feed/handshake.ts: so many are let in at once, so of a small crowd the first second is a large part by design. */
const letInAtOnce = 60
const judgedFromClients = 1000

const worstBinText = (bin: number): string =>
  bin === 0
    ? `no second with more than ${letInAtOnce} handshakes`
    : `largest handshake bin ${bin.toFixed(1)} × the mean (≤ ${binFactor})`

interface Storm {
  clients: number
  restarts: number
  /** from one restart to the next */
  everyMs: number
  seed: string
  tell(line: string): void
}

/** Throws unless all that is shown is the fold of the journal. */
const assertShown = (shown: Shown, rows: Parameters<typeof eventOf>[0][]): void => {
  const fold = strictFold(null)
  const states = fold.fresh()
  for (const row of rows) fold.apply(states, eventOf(row))
  deepStrictEqual(shown, [[rows.length, fingerprintOf(states)]])
}

const storm = ({ clients, restarts, everyMs, seed, tell }: Storm): Promise<Outcome> =>
  onServer({}, async (server, own) => {
    const load = own(
      startLoad(server, { senders: 1, eventsPerPost: 5, everyMs: 250, eventOf: mixedEvent }),
    )
    const crowds = [1, 2].map((n) =>
      own(
        openCrowd(server, {
          screens: clients / 2,
          seed: `${seed}/${n}`,
          spreadMs: clients * 10,
        }),
      ),
    )
    const ofAll = <Answer>(ask: (crowd: Crowd) => Promise<Answer>): Promise<Answer[]> =>
      Promise.all(crowds.map(ask))
    const opened = new Map<number, number>()
    const look = async (): Promise<Standing[]> => {
      const standings = await ofAll((crowd) => crowd.look())
      for (const { openedBySecond } of standings) {
        for (const [second, count] of Object.entries(openedBySecond))
          opened.set(Number(second), (opened.get(Number(second)) ?? 0) + count)
      }
      return standings
    }
    /** Every screen is at what was the head when it was asked, or past it. */
    const areAllThere = async (): Promise<boolean> => {
      const { seq } = await (await fetch(`${server.url}/healthz`)).json()
      const standings = await look()
      return standings.every((one) => one.live === clients / 2 && one.seqs[0] >= seq)
    }
    await waitFor(`${clients} screens are live`, areAllThere, hangsAfterMs)
    await sleep(2000)
    const steady = memoryOf(server.pid!).rssMib
    tell(`${clients} screens are live`)

    const tookS: number[] = []
    let keptBefore = 0
    const seen: {
      delayMs: number
      peak: number
      /** handshakes in the fullest second, and how many times the mean that is; null: not to be judged here */
      largest: number
      bin: number | null
      built: number
      servingS: number
      refused: number
    }[] = []
    for (let restart = 1; restart <= restarts; restart++) {
      await look()
      opened.clear()
      keptBefore = load.acknowledged.size
      const startMs = performance.now()
      await server.end('SIGKILL')
      await server.start()
      const servingS = (performance.now() - startMs) / 1000
      const isLast = restart === restarts
      await waitFor(
        `${clients} screens are consistent again`,
        async () => (await areAllThere()) || (!isLast && performance.now() - startMs > everyMs),
        hangsAfterMs,
      )
      const took = (performance.now() - startMs) / 1000
      if (isLast) tookS.push(took)
      const metrics = await server.metrics()
      // until it was asked: on a busy machine it goes on building while the question waits
      const askedS = (performance.now() - startMs) / 1000
      const built = metrics.get('wanglou_feed_snapshots_built_total')!
      // one audience here: at most one a second, and the first
      ok(built <= Math.ceil(askedS) + 1, `${built} snapshots were built in ${askedS.toFixed(1)} s`)
      const bins = [...opened.values()]
      const back = bins.reduce((sum, count) => sum + count, 0)
      const seconds = Math.max(...opened.keys()) - Math.min(...opened.keys()) + 1
      // of a return that the next restart cut off there is no mean
      const isWhole = back >= clients && clients >= judgedFromClients
      seen.push({
        delayMs: 1000 * metrics.get('wanglou_event_loop_delay_seconds{quantile="0.99"}')!,
        peak: memoryOf(server.pid!).peakMib / steady,
        largest: Math.max(0, ...bins),
        // what is let in at once is no heap
        bin: !isWhole
          ? null
          : Math.max(...bins) > letInAtOnce
            ? Math.max(...bins) / (back / seconds)
            : 0,
        built,
        servingS,
        refused: metrics.get('wanglou_feed_handshakes_total{status="429"}') ?? 0,
      })
      tell(`restart ${restart}: ${took.toFixed(1)} s, ${JSON.stringify(seen.at(-1))}, bins ${bins}`)
      if (!isLast) await sleep(Math.max(0, everyMs - (performance.now() - startMs)))
    }
    await waitFor(
      'a post is taken after the last restart',
      () => load.acknowledged.size > keptBefore,
      hangsAfterMs,
    )
    await load.stop()
    assertAnswered(load, [noAnswer, 503])
    await waitFor('all screens are at the head', areAllThere, hangsAfterMs)
    let rows = await server.journal()
    let shown: Shown[] = []
    await waitFor(
      'all screens and the journal end alike',
      async () => {
        rows = await server.journal()
        shown = await ofAll((crowd) => crowd.show())
        return shown.every((each) => each.length === 1 && each[0]![0] === rows.length)
      },
      hangsAfterMs,
    )
    for (const each of shown) assertShown(each, rows)
    assertKept(load, rows)

    const most = (of: keyof (typeof seen)[number]) => Math.max(...seen.map((one) => one[of] ?? 0))
    const isBinJudged = seen.some(({ bin }) => bin !== null)
    const binsText = isBinJudged
      ? worstBinText(most('bin'))
      : `largest second ${most('largest')} handshakes (not judged of a crowd this small, or that was cut off)`
    const worst = {
      took: tookS[0]!,
      delayMs: most('delayMs'),
      peak: most('peak'),
      bin: most('bin'),
    }
    const missed = [
      worst.took > consistentWithinS && `consistent after ${worst.took.toFixed(1)} s`,
      worst.delayMs > loopDelayP99Ms && `loop delay p99 ${worst.delayMs.toFixed(0)} ms`,
      worst.peak > rssFactor && `peak RSS ${worst.peak.toFixed(2)} × steady`,
      worst.bin > binFactor && `a handshake bin of ${worst.bin.toFixed(1)} × the mean`,
    ].filter((each) => each !== false)
    return {
      runs: restarts,
      figures:
        `${clients} of ${clients} screens equal to the journal (${rows.length} rows) ${worst.took.toFixed(1)} s after the last kill (≤ 30 s; serving again after ${seen.at(-1)!.servingS.toFixed(1)} s), gap, dup, reorder 0; ` +
        `loop delay p99 ${worst.delayMs.toFixed(0)} ms (≤ 100), peak RSS ${worst.peak.toFixed(2)} × the steady ${steady.toFixed(0)} MiB (≤ 1.5), ` +
        `${most('built')} snapshots built (≤ 1 a second), ${binsText}, ${most('refused')} asked to come later`,
      missed,
    }
  })

export const reconnectStorm: Break = {
  id: 'T4.1',
  title: 'the server is killed in front of a crowd (1,000 screens; 150 in the short form)',
  isSeeded: true,
  run: ({ isShort, seed, tell }) =>
    storm({
      clients: isShort ? 150 : 1000,
      restarts: 1,
      everyMs: 0,
      seed: `T4.1/${seed}`,
      tell,
    }),
}

export const threeRestarts: Break = {
  id: 'T4.2',
  title:
    'three restarts in a minute in front of a crowd (1,000 screens; 60 and 6 s in the short form)',
  isSeeded: true,
  run: ({ isShort, seed, tell }) =>
    storm({
      clients: isShort ? 60 : 1000,
      restarts: 3,
      everyMs: isShort ? 2000 : 20_000,
      seed: `T4.2/${seed}`,
      tell,
    }),
}
