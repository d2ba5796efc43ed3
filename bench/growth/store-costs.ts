import { join } from 'node:path'
import { canonicalJson } from '../../server/journal/chain.ts'
import { openReader, openStore, type StoredDraft } from '../../server/journal/sqlite-store.ts'
import { drafts } from '../journals/prefecture.ts'

const eventsPerCommit = 200
const commits = 5
const rowsPerPage = 2000
const pages = 5

/** What a journal's file costs whoever works with it, processor time of this thread, ms. */
export interface StoreCosts {
  /** one event of a commit of 200, hashed, indexed and synced */
  appendOneMs(): number
  /** a page of 2,000 rows somewhere in it */
  readPageMs(): number
  close(): void
}

const spentMs = (work: () => void): number => {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

export const openStoreCosts = (folder: string, count: number): StoreCosts => {
  const path = join(folder, 'journal.sqlite')
  const store = openStore(path, 'a journal has its epoch', 0)
  const run = Date.now()
  let appended = 0
  let pagesRead = 0
  const nextCommit = (): StoredDraft[] => {
    const from = appended
    appended += eventsPerCommit
    return drafts(from, appended, appended, Date.now()).map((draft, n) => ({
      ...draft,
      // no other event has such an id, and they come as ids of many sources do: in no order
      id: `${(Math.imul(from + n + 1, 0x9e3779b1) >>> 0).toString(16)}-${run}`,
      flags: canonicalJson(draft.flags),
      body: canonicalJson(draft.body),
    }))
  }
  return {
    appendOneMs() {
      const batches = Array.from({ length: commits }, nextCommit)
      const ms = spentMs(() => {
        for (const batch of batches) store.append(batch)
      })
      return ms / (commits * eventsPerCommit)
    },
    readPageMs() {
      const room = Math.max(1, count - rowsPerPage)
      let ms = 0
      for (let page = 0; page < pages; page++, pagesRead++) {
        // a connection that has read nothing yet: a small journal would lie whole in the cache of an old one
        const reader = openReader(path)
        ms += spentMs(() => reader.read(1 + ((pagesRead * 7919 * rowsPerPage) % room), rowsPerPage))
        reader.close()
      }
      return ms / pages
    },
    close() {
      store.close()
    },
  }
}
