import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { canonicalJson } from '#server/journal/chain.ts'
import { openStore } from '#server/journal/sqlite-store.ts'
import { quantile } from '../../e2e/break/spread.ts'
import { mixOf } from './mix.ts'
import { type Spent, type Work, warmUpOf } from './work.ts'

/** A process that does nothing but insert rows that it made beforehand into the journal's own table: file, work. */
const [path, workText] = process.argv.slice(2) as [string, string]
const work = JSON.parse(workText) as Work
const { batches, eventsPerBatch } = work
const warmUp = warmUpOf(work)

const now = Date.now()
const hash = (n: number): string => createHash('sha256').update(String(n)).digest('hex')
const rows = mixOf((warmUp + batches) * eventsPerBatch, now).map((line, n) => ({
  seq: n + 1,
  id: line.id,
  type: line.type,
  at: line.at,
  seenAt: now,
  source: line.source,
  flags: '[]',
  body: canonicalJson({ ...line.body, v: 1 }),
  prev: hash(n),
  hash: hash(n + 1),
}))

// the same tables and indexes, made by whose they are
openStore(path, 'peer', 0).close()
const db = new DatabaseSync(path)
db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL')
const insert = db.prepare(
  `INSERT INTO events (seq, id, type, at, seenAt, source, flags, body, prev, hash)
   VALUES (:seq, :id, :type, :at, :seenAt, :source, :flags, :body, :prev, :hash)`,
)
const insertAll = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, n) => {
    const startMs = performance.now()
    const first = (from + n) * eventsPerBatch
    db.exec('BEGIN IMMEDIATE')
    for (let each = first; each < first + eventsPerBatch; each++) insert.run(rows[each]!)
    db.exec('COMMIT')
    return performance.now() - startMs
  })

insertAll(0, warmUp)
const before = process.cpuUsage()
const startMs = performance.now()
const tookMs = insertAll(warmUp, warmUp + batches)
const wallMs = performance.now() - startMs
const { user, system } = process.cpuUsage(before)
const kept = db.prepare('SELECT count(*) AS rows FROM events').get() as { rows: number }
if (kept.rows !== rows.length) throw new Error(`${kept.rows} of ${rows.length} rows were kept`)
db.close()
const events = batches * eventsPerBatch
process.send!({
  eventsPerSecond: (1000 * events) / wallMs,
  p99Ms: quantile(tookMs, 0.99),
  cpuMicrosPerEvent: (user + system) / events,
} satisfies Spent)
