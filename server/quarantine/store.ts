import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { jumpFromMs } from '../clock-belief.ts'
import { maskLine } from './mask-line.ts'
import type {
  DoorName,
  KeptLine,
  QuarantineBounds,
  ReasonCount,
  Refused,
  Selection,
} from './quarantine.ts'

const dayMs = 86_400_000
const reasonsAtMost = 100
/** What a row takes beside its text. */
const rowBytes = 200

const schema = `
  CREATE TABLE IF NOT EXISTS lines (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    receivedAt INTEGER NOT NULL,
    door TEXT NOT NULL,
    source TEXT,
    line INTEGER NOT NULL,
    id TEXT,
    field TEXT,
    reason TEXT NOT NULL,
    isBackfill INTEGER NOT NULL,
    isSimulated INTEGER NOT NULL,
    text TEXT NOT NULL,
    masked INTEGER NOT NULL,
    cut INTEGER NOT NULL,
    bytes INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS linesByDoor ON lines (door, n);
  CREATE INDEX IF NOT EXISTS linesByTime ON lines (receivedAt);
`
const columns =
  'n, receivedAt, door, source, line, id, field, reason, isBackfill, isSimulated, text, masked, cut'

type Row = Record<string, SQLInputValue>
const keptOf = (row: Row): KeptLine => ({
  ...(row as unknown as KeptLine),
  isBackfill: row.isBackfill === 1,
  isSimulated: row.isSimulated === 1,
  masked: row.masked === 1,
  cut: row.cut === 1,
})
const whereOf = ({ source, door }: Selection, from?: number): [sql: string, values: Row] => {
  const parts = [
    ...(source === undefined ? [] : ['source = :source']),
    ...(door === undefined ? [] : ['door = :door']),
    ...(from === undefined ? [] : ['n >= :from']),
  ]
  const values = {
    ...(source === undefined ? {} : { source }),
    ...(door === undefined ? {} : { door }),
    ...(from === undefined ? {} : { from }),
  }
  return [parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '', values]
}

/** What is in the store, and what a call changed. */
export interface StoreTotals {
  lines: number
  bytes: number
}

/**
 * The quarantine's rows in one SQLite file, on whatever thread it is called from: every call blocks.
 * `synchronous=NORMAL`: what was kept outlives the process, and all but the last moments a power cut.
 */
export const openStore = (path: string, bounds: QuarantineBounds, codeNames: readonly string[]) => {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=FAST')
  db.exec(schema)
  const names = new Set(codeNames)
  const insert = db.prepare(
    `INSERT INTO lines (receivedAt, door, source, line, id, field, reason, isBackfill, isSimulated, text, masked, cut, bytes)
     VALUES (:receivedAt, :door, :source, :line, :id, :field, :reason, :isBackfill, :isSimulated, :text, :masked, :cut, :bytes)`,
  )
  const deleteOldest = db.prepare(
    'DELETE FROM lines WHERE n IN (SELECT n FROM lines WHERE door = ? ORDER BY n LIMIT ?) RETURNING door, bytes',
  )
  const deleteUpTo = db.prepare('DELETE FROM lines WHERE n <= ? RETURNING door, bytes')
  const deleteAged = db.prepare('DELETE FROM lines WHERE receivedAt < ? RETURNING door, bytes')
  const comeBack = db.prepare('UPDATE lines SET receivedAt = ? WHERE receivedAt > ?')
  const byAge = db.prepare('SELECT n, bytes FROM lines ORDER BY n')
  const byN = db.prepare(`SELECT ${columns} FROM lines WHERE n = ?`)
  const remove = db.prepare('DELETE FROM lines WHERE n = ? RETURNING door, bytes')
  const change = db.prepare('UPDATE lines SET field = ?, reason = ? WHERE n = ?')

  // counted along, since asking the file each time would read all of it
  let held = new Map<unknown, StoreTotals>()
  const count = (door: unknown, lines: number, bytes: number): void => {
    const before = held.get(door) ?? { lines: 0, bytes: 0 }
    held.set(door, { lines: before.lines + lines, bytes: before.bytes + bytes })
  }
  const totals = (): StoreTotals =>
    Array.from(held.values()).reduce(
      (sum, { lines, bytes }) => ({ lines: sum.lines + lines, bytes: sum.bytes + bytes }),
      { lines: 0, bytes: 0 },
    )
  for (const { door, lines, bytes } of db
    .prepare('SELECT door, count(*) AS lines, sum(bytes) AS bytes FROM lines GROUP BY door')
    .all())
    count(door, Number(lines), Number(bytes))
  /** How many rows a deletion took. */
  const gone = (rows: readonly Row[]): number => {
    for (const { door, bytes } of rows) count(door, -1, -Number(bytes))
    return rows.length
  }

  const inOne = <T>(work: () => T): T => {
    const before = new Map(held)
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      db.exec('COMMIT')
      return result
    } catch (fault) {
      held = before
      if (db.isTransaction) db.exec('ROLLBACK')
      throw fault
    }
  }

  const keepToBounds = (now: number, isBelieved: boolean): number => {
    let evicted = 0
    if (isBelieved) {
      evicted += gone(deleteAged.all(now - bounds.days * dayMs))
      // what came under a clock that was ahead counts from when that is seen
      comeBack.run(now, now + jumpFromMs)
    }
    for (const [door, { lines }] of held) {
      const excess = lines - bounds.linesPerDoor
      if (excess > 0) evicted += gone(deleteOldest.all(door as DoorName, excess))
    }
    let excessBytes = totals().bytes - bounds.bytesInAll
    let last = 0
    for (const { n, bytes } of excessBytes > 0 ? byAge.iterate() : []) {
      if (excessBytes <= 0) break
      excessBytes -= Number(bytes)
      last = Number(n)
    }
    return last > 0 ? evicted + gone(deleteUpTo.all(last)) : evicted
  }

  return {
    totals,
    /**
     * One transaction; throws when it cannot be kept, and then nothing of it is. `isBelieved`: lines may be let go by
     * their age on the word of this clock.
     */
    keep(
      lines: readonly Refused[],
      now: number,
      isBelieved = true,
    ): StoreTotals & { evicted: number } {
      const evicted = inOne(() => {
        for (const { bytes, numberPatterns, isBackfill, isSimulated, ...line } of lines) {
          const { text, masked, cut } = maskLine(bytes, now, numberPatterns, names)
          const said = `${line.source ?? ''}${line.id ?? ''}${line.field ?? ''}${line.reason}`
          const bytesHeld = Buffer.byteLength(text) + Buffer.byteLength(said) + rowBytes
          count(line.door, 1, bytesHeld)
          insert.run({
            ...line,
            receivedAt: now,
            isBackfill: Number(isBackfill),
            isSimulated: Number(isSimulated),
            text,
            masked: Number(masked),
            cut: Number(cut),
            bytes: bytesHeld,
          })
        }
        return keepToBounds(now, isBelieved)
      })
      return { ...totals(), evicted }
    },
    /** Throws unless something can be written now; lets go of what is too old. */
    probe(now: number, isBelieved = true): StoreTotals & { evicted: number } {
      const evicted = inOne(() => {
        db.exec('PRAGMA user_version = 1')
        return keepToBounds(now, isBelieved)
      })
      return { ...totals(), evicted }
    },
    list(selection: Selection, limit: number, from?: number): KeptLine[] {
      const [where, values] = whereOf(selection, from)
      const order = from === undefined ? 'DESC' : 'ASC'
      const sql = `SELECT ${columns} FROM lines ${where} ORDER BY n ${order} LIMIT :limit`
      return db
        .prepare(sql)
        .all({ ...values, limit })
        .map(keptOf)
    },
    reasons(selection: Selection): ReasonCount[] {
      const [where, values] = whereOf(selection)
      const sql = `SELECT door, source, field, reason, count(*) AS count FROM lines ${where}
        GROUP BY door, source, field, reason ORDER BY count DESC, min(n) LIMIT ${reasonsAtMost}`
      return db.prepare(sql).all(values) as unknown as ReasonCount[]
    },
    pick: (ns: readonly number[]): KeptLine[] =>
      ns.flatMap((n) => {
        const row = byN.get(n)
        return row ? [keptOf(row)] : []
      }),
    settle(
      taken: readonly number[],
      refused: readonly { n: number; field: string | null; reason: string }[],
    ): StoreTotals {
      inOne(() => {
        for (const n of taken) gone(remove.all(n))
        for (const { n, field, reason } of refused) change.run(field, reason, n)
      })
      return totals()
    },
    discard(ns: readonly number[]): StoreTotals & { discarded: number } {
      const discarded = inOne(() => ns.reduce((sum, n) => sum + gone(remove.all(n)), 0))
      return { ...totals(), discarded }
    },
    close: () => db.close(),
  }
}
export type Store = ReturnType<typeof openStore>
