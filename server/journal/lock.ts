import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { JournalLocked } from './journal.ts'

/** The lock's file cannot be used, and nobody else is to blame. */
export class LockFailed extends Error {
  override name = 'LockFailed'
}

/** SQLITE_BUSY and SQLITE_LOCKED: all that says that another has it. The low byte; the rest are variants. */
const isTaken = (fault: unknown): boolean =>
  [5, 6].includes(((fault as { errcode?: number }).errcode ?? 0) & 0xff)

const pidIn = (owner: string): string => {
  try {
    const pid = readFileSync(owner, 'utf8').trim()
    // it is shown to a person as it stands
    return /^\d{1,10}$/.test(pid) ? pid : 'unknown'
  } catch {
    return 'unknown'
  }
}

/**
 * Takes the data folder for this process alone. The lock is the operating system's, held through an
 * open exclusive transaction on a file of its own: it goes with the process, however that ends, so
 * there is no stale lock to clean up after a kill.
 */
export const lockFolder = (folder: string): (() => void) => {
  const owner = join(folder, 'lock.pid')
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(join(folder, 'lock.sqlite'))
    db.exec('PRAGMA busy_timeout=0; BEGIN EXCLUSIVE')
    writeFileSync(owner, String(process.pid))
    return () => db?.close()
  } catch (fault) {
    db?.close()
    if (isTaken(fault)) {
      throw new JournalLocked(
        `another process (pid ${pidIn(owner)}) has the data folder ${folder} open; stop it, or set WANGLOU_DATA`,
      )
    }
    throw new LockFailed(
      `The data folder ${folder} cannot be locked (${(fault as Error).message}); ` +
        'let this user write all that is in it, or set WANGLOU_DATA',
    )
  }
}
