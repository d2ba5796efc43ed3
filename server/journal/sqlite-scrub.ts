import { DatabaseSync } from 'node:sqlite'
import { verifyChain } from './chain.ts'
import { JournalBroken } from './journal.ts'
import { isDamage, readsOf, type StoredRow } from './sqlite-store.ts'

/** What a look at some rows came to. `hash` is that of the last row, null when the next must be taken at its word. */
export interface SliceResult {
  seq: number
  hash: string | null
  bad: { seq: number; why: string }[]
}
/** Where a look begins: after this row. */
export interface SliceStart {
  seq: number
  hash: string | null
}

/** A file up to this size is also checked as a whole at the end of a pass, for what no row tells of. */
const checkedWholeBytes = 256 * 1024 * 1024
const cacheKib = 2048

/** What is wrong with the stored rows; any other fault is not theirs, and is thrown on. */
const damageOf = (fault: unknown, where: string): string => {
  if (fault instanceof JournalBroken) return fault.message
  if (isDamage(fault)) return `${where} cannot be read: ${(fault as Error).message}`
  throw fault
}

/**
 * Looks at rows with fresh eyes: each call opens the file anew, so that no page that a connection remembers hides
 * what has become of the disk's.
 */
export const openScrub = (path: string) => {
  const withFile = <T>(work: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(path, { readOnly: true })
    try {
      db.exec(`PRAGMA cache_size=-${cacheKib}; PRAGMA mmap_size=0`)
      return work(db)
    } finally {
      db.close()
    }
  }

  const checks = (db: DatabaseSync) => {
    const { read } = readsOf(db)
    const byId = db.prepare(
      'SELECT seq FROM events INDEXED BY sqlite_autoindex_events_1 WHERE id = ?',
    )
    const byTime = db.prepare(
      'SELECT seq FROM events INDEXED BY eventsByTime WHERE at = ? AND seq = ?',
    )
    /** What the door would find under its id: an index that lies makes a second event of one id. */
    const indexed = ({ seq, id, at }: StoredRow): void => {
      if (byId.get(id)?.seq !== seq) throw new JournalBroken(`seq ${seq} is not found by its id`)
      if (byTime.get(at, seq)?.seq !== seq)
        throw new JournalBroken(`seq ${seq} is not found by its time`)
    }
    const take = (after: SliceStart, count: number): { seq: number; hash: string } => {
      const rows = read(after.seq + 1, count)
      const hash = after.hash ?? rows[0]?.prev ?? ''
      const last = verifyChain(rows, { seq: after.seq, hash })
      if (last.seq !== after.seq + count) throw new JournalBroken(`seq ${last.seq + 1} is missing`)
      for (const row of rows) indexed(row)
      return last
    }
    return take
  }

  /** Row by row, where a slice as a whole was not right. */
  const searchBad = (start: SliceStart, toSeq: number): SliceResult => {
    let after = start
    const bad: SliceResult['bad'] = []
    while (after.seq < toSeq) {
      try {
        after = withFile((db) => checks(db)(after, 1))
      } catch (fault) {
        const seq = after.seq + 1
        bad.push({ seq, why: damageOf(fault, `seq ${seq}`) })
        after = { seq, hash: null }
      }
    }
    return { ...after, bad }
  }

  return {
    /** Verifies the rows after `start` up to `toSeq`, which must be durable: chain, content and indices. */
    slice(start: SliceStart, toSeq: number): SliceResult {
      if (toSeq <= start.seq) return { ...start, bad: [] }
      try {
        return { ...withFile((db) => checks(db)(start, toSeq - start.seq)), bad: [] }
      } catch (fault) {
        damageOf(fault, '')
        return searchBad(start, toSeq)
      }
    },
    /** What is wrong with the file as a whole, when it is small enough to look; else null. */
    whole: (): string | null =>
      withFile((db) => {
        try {
          const size = db
            .prepare(
              'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size',
            )
            .get()
          if (Number(size?.bytes) > checkedWholeBytes) return null
          const first = String(db.prepare('PRAGMA quick_check(1)').get()?.quick_check)
          return first === 'ok' ? null : first
        } catch (fault) {
          return damageOf(fault, 'the file as a whole')
        }
      }),
    close() {},
  }
}
