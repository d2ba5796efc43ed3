import type { Audience, JournalRow } from '#protocol/event.ts'
import { createLens } from '#server/feed/lens.ts'
import type { MemoryDisk } from '#server/journal/memory.ts'
import { definitions, topics } from '#topics/index.ts'
import { eventOf } from '../journal-fold.ts'

/** What the disk says is so: the oracle of everything that is shown. */
export interface Book {
  /** Counts up when an older journal takes the place of this one, under its epoch or another. */
  readonly page: number
  /** The rows that a page has, or had when it was turned. */
  rowsOf(page: number): readonly JournalRow[]
  /** Whether both pages are of one epoch, and all up to `seq` is the same. */
  isSame(page: number, other: number, seq: number): boolean
  seqOf(id: string): number | undefined
  /** A row as an audience may have it, as text; null where it may not know of it. */
  textFor(row: JournalRow, audience: Audience): string | null
  /** To be told before an older journal takes the place of this one. */
  turnPage(): void
}

const see = createLens(definitions, topics)

export const createBook = (disk: MemoryDisk): Book => {
  const past: { epoch: string; rows: readonly JournalRow[] }[] = []
  const texts = new Map<string, Map<JournalRow, string | null>>()
  let seqs = new Map<string, number>()
  let indexed = 0
  const at = (page: number) => past[page] ?? disk
  const hashAt = (page: number, seq: number) => at(page).rows[seq - 1]?.hash
  return {
    get page() {
      return past.length
    },
    rowsOf: (page) => at(page).rows,
    // a row's hash is of all before it too
    isSame: (page, other, seq) =>
      at(page).epoch === at(other).epoch && hashAt(page, seq) === hashAt(other, seq),
    seqOf(id) {
      for (; indexed < disk.rows.length; indexed++) {
        const row = disk.rows[indexed]!
        seqs.set(row.id, row.seq)
      }
      return seqs.get(id)
    },
    textFor(row, audience) {
      const own = texts.get(audience) ?? new Map<JournalRow, string | null>()
      texts.set(audience, own)
      const known = own.get(row)
      if (known !== undefined) return known
      const event = see(eventOf(row), audience)
      const text = event && JSON.stringify(event)
      own.set(row, text)
      return text
    },
    turnPage() {
      past.push({ epoch: disk.epoch, rows: disk.rows.slice() })
      seqs = new Map()
      indexed = 0
    },
  }
}
