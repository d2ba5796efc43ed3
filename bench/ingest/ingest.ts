import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bench, inTurns, type Options, type Row, ratioOf } from '../bench.ts'
import { measureOurs } from './ours.ts'
import type { Spent, Work } from './work.ts'

const shareWanted = 1 / 3

const measurePeer = async (work: Work): Promise<Spent> => {
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-bench-'))
  try {
    const script = new URL('peer.ts', import.meta.url)
    const child = fork(script, [join(folder, 'peer.sqlite'), JSON.stringify(work)])
    const ended = once(child, 'exit')
    const [spent] = (await Promise.race([once(child, 'message'), ended])) as [Spent]
    if (typeof spent !== 'object') throw new Error('the peer failed')
    await ended
    return spent
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const cases: { work: Work; isPromised: boolean }[] = [
  { work: { batches: 100, eventsPerBatch: 1000, senders: 4 }, isPromised: true },
  { work: { batches: 1000, eventsPerBatch: 20, senders: 16 }, isPromised: false },
  { work: { batches: 2000, eventsPerBatch: 1, senders: 16 }, isPromised: false },
]
const shortOf = (work: Work): Work => ({ ...work, batches: Math.ceil(work.batches / 10) })

const rowsOf = async (
  { work, isPromised }: (typeof cases)[number],
  { rounds, isShort, tell }: Options,
): Promise<Row[]> => {
  const spent: Record<string, Spent[]> = { ours: [], peer: [] }
  const way = (name: string, measure: (work: Work) => Promise<Spent>) => async () => {
    const one = await measure(isShort ? shortOf(work) : work)
    spent[name]!.push(one)
    tell(`${name}, ${work.eventsPerBatch} a batch: ${Math.round(one.eventsPerSecond)} events/s`)
    return one.eventsPerSecond
  }
  const names = { ours: 'Wanglou, the whole door', peer: 'bare node:sqlite' }
  const perSecond = await inTurns(
    { [names.ours]: way('ours', measureOurs), [names.peer]: way('peer', measurePeer) },
    rounds,
  )
  const what = `${work.eventsPerBatch} ${work.eventsPerBatch === 1 ? 'event' : 'events'} a request, ${work.senders} under way (the peer: one)`
  const sidesOf = (field: keyof Spent) =>
    (['ours', 'peer'] as const).map((side) => ({
      name: names[side],
      rounds: spent[side]!.map((one) => one[field]),
    }))
  const [ours, peer] = perSecond as [(typeof perSecond)[0], (typeof perSecond)[0]]
  const target = { says: 'at least a third of the peer', isMet: ratioOf(ours, peer) >= shareWanted }
  return [
    {
      case: what,
      unit: 'events/s',
      sides: perSecond,
      target: isPromised && !isShort ? target : null,
    },
    { case: `${what}: acknowledged, p99`, unit: 'ms', sides: sidesOf('p99Ms'), target: null },
    {
      case: `${what}: processor`,
      unit: 'µs/event',
      sides: sidesOf('cpuMicrosPerEvent'),
      target: null,
    },
  ]
}

export const ingest: Bench = {
  name: 'ingest',
  question:
    'How many events does the door acknowledge in a second, durable, checked, masked, chained, folded and broadcast to three screens, ' +
    'next to a bare batch insert of the same rows with the same sync?',
  async run(options) {
    const rows: Row[] = []
    for (const one of cases) rows.push(...(await rowsOf(one, options)))
    return rows
  },
}
