import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { genesis, verifyChain } from '../../server/journal/chain.ts'
import { openStore, type StoredRow } from '../../server/journal/sqlite-store.ts'
import { checkWitness, readWitness } from '../../server/journal/witness.ts'
import { quiet } from '../../server/world.ts'

/**
 * A process of its own: for each folder named on stdin, a line on stdout that says what the journal's store finds there as
 * its thread does: the ids, once the chain and the file have been verified, or why it is refused.
 */
export type Found = { ids: string[] } | { refused: string }

const find = (folder: string): Found => {
  const path = join(folder, 'journal.sqlite')
  try {
    const witness = readWitness(folder, quiet)
    if (witness) checkWitness(path, witness)
    openStore(path, 'none', 0).close()
    const db = new DatabaseSync(path, { readOnly: true })
    const rows = db.prepare('SELECT * FROM events ORDER BY seq').all() as unknown as StoredRow[]
    const whole = db.prepare('PRAGMA integrity_check').get()?.integrity_check
    db.close()
    verifyChain(rows, { seq: 0, hash: genesis })
    if (whole !== 'ok') return { refused: `the file is not whole: ${String(whole)}` }
    return { ids: rows.map(({ id }) => id) }
  } catch (fault) {
    return { refused: (fault as Error).message }
  }
}

for await (const folder of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(find(folder)))
