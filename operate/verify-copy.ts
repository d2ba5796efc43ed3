import { DatabaseSync } from 'node:sqlite'
import { genesis, verifyChain } from '#server/journal/chain.ts'
import { readsOf } from '#server/journal/sqlite-store.ts'

const rowsPerRead = 5000

/** Where the chain of a journal's copy ends. Reads every row; throws `JournalBroken` at the first bad one. */
export const verifyCopy = (path: string): { epoch: string; head: number; headHash: string } => {
  const db = new DatabaseSync(path)
  try {
    const { read } = readsOf(db)
    let last = { seq: 0, hash: genesis }
    for (;;) {
      const rows = read(last.seq + 1, rowsPerRead)
      if (rows.length === 0) break
      last = verifyChain(rows, last)
    }
    const epoch = String(db.prepare("SELECT value FROM meta WHERE key = 'epoch'").get()?.value)
    return { epoch, head: last.seq, headHash: last.hash }
  } finally {
    db.close()
  }
}
