import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createRandom } from '#mock/random.ts'
import { straceFault } from '../../tools/strace.ts'
import { bulkEvent, startLoad } from '../load.ts'
import { waitFor } from '../wait-for.ts'
import { type Lost, lostOf } from './account.ts'
import type { Break, Options } from './break.ts'
import { onServer } from './on-server.ts'
import type { Found } from './open-journal.ts'
import { cutPower, type Remains } from './power-cut.ts'
import { startTrace } from './trace.ts'
import { type Doings, readDoings, servedBySync, toldTooSoon } from './written.ts'

/** How many syncs the trace is judged without, one at a time, to see that each is missed. */
const blinded = 10

const opener = fileURLToPath(new URL('./open-journal.ts', import.meta.url))

/** What the real journal finds in each folder, in one process after another of its own. */
const openAll = async (remains: readonly Remains[]): Promise<Found[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-cut-'))
  const child = spawn(process.execPath, [opener], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const found: Found[] = []
  try {
    for (const [n, { main, wal, witness }] of remains.entries()) {
      const own = join(folder, String(n))
      mkdirSync(own)
      writeFileSync(join(own, 'journal.sqlite'), main)
      writeFileSync(join(own, 'journal.sqlite-wal'), wal)
      if (witness !== null) writeFileSync(join(own, 'head.json'), witness)
      child.stdin.write(`${own}\n`)
      const { value } = await lines.next()
      if (value === undefined) throw new Error('the journal ended the process')
      found.push(JSON.parse(value) as Found)
      rmSync(own, { recursive: true })
    }
  } finally {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  return found
}

const lostIn = (found: Found, { acknowledged }: Remains): Lost | { refused: string } =>
  'refused' in found ? found : lostOf(new Set(acknowledged), new Set(found.ids))

const nothing: Lost = { prefix: [], middle: [], postfix: [] }

/** Writers at work under strace; what it saw, from the files as they were on. */
const watchWriters = ({ isShort }: Options) =>
  onServer({}, async (server, own) => {
    // the first writes of a start are over, and nobody sends yet
    await sleep(300)
    const trace = await startTrace(server.pid!, join(server.folder, 'trace'))
    const file = (name: string) => readFileSync(join(server.folder, name))
    const base = { main: file('journal.sqlite'), wal: file('journal.sqlite-wal') }
    const wanted = isShort ? 1200 : 9000
    const load = own(
      startLoad(server, {
        senders: 4,
        eventsPerPost: 3,
        everyMs: 5,
        eventOf: (id, source) => bulkEvent(`${id}~`, source),
      }),
    )
    const isBroughtHome = () =>
      statSync(join(server.folder, 'journal.sqlite')).size > base.main.length
    await waitFor(
      `${wanted} events are kept, and a checkpoint of SQLite's has been`,
      () => load.acknowledged.size >= wanted && isBroughtHome(),
      200_000,
    )
    await sleep(300)
    await load.stop()
    const doings = readDoings(await trace.stop())
    const told = doings.acknowledgements.flatMap(({ ids }) => ids)
    // an answer that the trace does not have would be an answer that nobody checks
    deepStrictEqual(new Set(told), load.acknowledged)
    return { base, doings }
  })

export const syncs: Break = {
  id: 'T1.2b',
  title:
    'the power is cut anywhere: a sync before every acknowledgement by strace, and any part of what was not synced lost',
  isSeeded: true,
  impossible: straceFault,
  async run(options) {
    const { isShort, seed, tell } = options
    const random = createRandom(`T1.2b/${seed}`)
    const { base, doings } = await watchWriters(options)
    const { main, wal, acknowledgements } = doings
    tell(`${acknowledgements.length} answers, ${wal.syncs.length} syncs`)

    const tooSoon = toldTooSoon(doings)
    strictEqual(tooSoon.length, 0, `acknowledged before they were synced: ${tooSoon.slice(0, 5)}`)
    // what finds nothing must be able to: with a sync left out it finds just those whom that sync was for
    const served = servedBySync(doings)
    const needed = served.flatMap((ids, n) => (ids.length > 0 ? [n] : []))
    ok(needed.length > blinded, `only ${needed.length} syncs were needed`)
    for (const n of Array.from({ length: blinded }, () => random.pick(needed))) {
      const blind: Doings = { ...doings, wal: { ...wal, syncs: wal.syncs.toSpliced(n, 1) } }
      deepStrictEqual(toldTooSoon(blind), served[n])
    }

    // where something is under way: between the first write and the last, checkpoints included
    const moments = [...main.writes, ...wal.writes, ...main.syncs, ...wal.syncs].flatMap(
      ({ enteredAt, leftAt }) => [enteredAt + 1, leftAt + 1],
    )
    const checkpoints = main.syncs.length
    ok(checkpoints > 0, 'the write-ahead log was never brought home')
    const inCheckpoints = main.writes.map(({ leftAt }) => leftAt + 1)
    const cuts = Array.from({ length: isShort ? 24 : 200 }, (_, n) =>
      random.pick(n % 4 === 0 ? inCheckpoints : moments),
    )
    const remains = cuts.map((cutAt) => cutPower(base, doings, cutAt, random))
    const found = await openAll(remains)
    for (const [n, each] of found.entries())
      deepStrictEqual(
        [`cut at ${cuts[n]}`, lostIn(each, remains[n]!)],
        [`cut at ${cuts[n]}`, nothing],
      )

    // and a disk that only says that it has synced is found out
    const lastTold = acknowledgements.at(-1)!.enteredAt + 1
    const lied = cutPower(
      base,
      { ...doings, wal: { ...wal, syncs: wal.syncs.slice(0, -3) } },
      lastTold,
      {
        ...random,
        pick: (list) => list[0]!,
      },
    )
    const [afterLie] = await openAll([lied])
    const says = lostIn(afterLie!, lied)
    ok('refused' in says || says.postfix.length > 0, 'bytes that were synced are gone, unnoticed')

    const open = remains.filter((each) => each.open > 0).length
    return {
      runs: acknowledgements.length + cuts.length,
      figures:
        `${acknowledgements.length} answers for ${acknowledgements.flatMap(({ ids }) => ids).length} events, each after a sync that began after its commit was written: ` +
        `0 violations over ${wal.syncs.length} syncs; ${cuts.length} power cuts (${open} with unsynced writes, ${checkpoints} checkpoints): ` +
        `all open, chain whole, 0 acknowledged lost; a disk that lies about a sync is noticed`,
    }
  },
}
