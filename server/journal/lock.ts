import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { JournalLocked } from './journal.ts'

/**
 * Takes the data folder for this process alone. The lock is the operating system's, held through an
 * open exclusive transaction on a file of its own: it goes with the process, however that ends, so
 * there is no stale lock to clean up after a kill.
 */
export const lockFolder = (folder: string): (() => void) => {
  const owner = join(folder, 'lock.pid')
  const db = new DatabaseSync(join(folder, 'lock.sqlite'))
  try {
    db.exec('PRAGMA busy_timeout=0; BEGIN EXCLUSIVE')
  } catch {
    db.close()
    let pid = 'unknown'
    try {
      pid = readFileSync(owner, 'utf8')
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault
    }
    throw new JournalLocked(
      `another process (pid ${pid}) has the data folder ${folder} open; stop it, or set WANGLOU_DATA`,
    )
  }
  writeFileSync(owner, String(process.pid))
  return () => db.close()
}
