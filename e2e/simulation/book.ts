import type { Audience, JournalRow } from '#protocol/event.ts'
import { createLens } from '#server/feed/lens.ts'
import type { MemoryDisk } from '#server/journal/memory.ts'
import { definitions, topics } from '#topics/index.ts'
import { eventOf } from '../journal-fold.ts'

/** What the disk says is so: the oracle of everything that is shown. */
export interface Book {
  /** The rows that an epoch has, or had until an older journal took its place. */
  rowsOf(epoch: string): readonly JournalRow[]
  seqOf(id: string): number | undefined
  /** A row as an audience may have it, as text; null where it may not know of it. */
  textFor(row: JournalRow, audience: Audience): string | null
  /** To be told before an older journal takes the place of this one. */
  turnPage(): void
  readonly epochs: number
}

const see = createLens(definitions, topics)

export const createBook = (disk: MemoryDisk): Book => {
  const past = new Map<string, readonly JournalRow[]>()
  const texts = new Map<string, Map<JournalRow, string | null>>()
  let seqs = new Map<string, number>()
  let indexed = 0
  return {
    rowsOf: (epoch) => (epoch === disk.epoch ? disk.rows : (past.get(epoch) ?? [])),
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
      past.set(disk.epoch, disk.rows.slice())
      seqs = new Map()
      indexed = 0
    },
    get epochs() {
      return past.size + 1
    },
  }
}
