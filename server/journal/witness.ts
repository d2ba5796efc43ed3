import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Clock, Log } from '../world.ts'
import { JournalBroken } from './journal.ts'
import { replaceWhole } from './whole-file.ts'

/** What was acknowledged: the journal must hold at least this. */
export interface Witness {
  epoch: string
  seq: number
  /** of row `seq` */
  hash: string
}

const writtenAtMostEveryMs = 1000

/** Beside the journal, since what cuts the journal's tail does not cut this file with it. */
export const witnessFile = (folder: string): string => join(folder, 'head.json')

const isWitness = (value: unknown): value is Witness => {
  const { epoch, seq, hash } = (value ?? {}) as Partial<Witness>
  return (
    typeof epoch === 'string' &&
    Number.isSafeInteger(seq) &&
    Number(seq) >= 1 &&
    typeof hash === 'string' &&
    /^[0-9a-f]{64}$/.test(hash)
  )
}

/** The witness of a folder; null where there is none, or where it can no longer be read (and it says so). */
export const readWitness = (folder: string, log: Log): Witness | null => {
  const file = witnessFile(folder)
  if (!existsSync(file)) return null
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isWitness(value)) return value
  } catch {
    // the same as any other content that is no witness
  }
  log.warn(`${file} cannot be read, so a cut tail of the journal would not be seen at this start`)
  return null
}

/**
 * Compares a journal's file with its witness, without writing to it. SQLite drops what follows a damaged place in its
 * write-ahead log and says nothing, so only this tells that acknowledged rows are gone. Throws `JournalBroken`.
 */
export const checkWitness = (path: string, { epoch, seq, hash }: Witness): void => {
  const mend = 'if another journal is meant, move head.json away too'
  if (!existsSync(path)) {
    throw new JournalBroken(`it is gone, and seq ${seq} was acknowledged (head.json); ${mend}`)
  }
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const tables = db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'events'").get()
    if (tables?.n !== 1)
      throw new JournalBroken(`it is empty, and seq ${seq} was acknowledged (head.json); ${mend}`)
    const own = db.prepare("SELECT value FROM meta WHERE key = 'epoch'").get()?.value
    if (own !== epoch) {
      throw new JournalBroken(
        `it is not the journal that head.json tells of (epoch ${String(own).slice(0, 8)}, not ${epoch.slice(0, 8)}); ${mend}`,
      )
    }
    const head = Number(db.prepare('SELECT max(seq) AS seq FROM events').get()?.seq ?? 0)
    if (head < seq) {
      throw new JournalBroken(
        `it ends at seq ${head}, and seq ${seq} was acknowledged (head.json): ${seq - head} or more rows are lost`,
      )
    }
    const row = db.prepare('SELECT hash FROM events WHERE seq = ?').get(seq)
    if (row?.hash !== hash)
      throw new JournalBroken(`seq ${seq} is not the row that was acknowledged (head.json)`)
  } finally {
    db.close()
  }
}

/** Writes the witness after commits, at most once a second and never in the way of one. */
export const createWitness = (options: { clock: Clock; log: Log; folder: string }) => {
  const { clock, log } = options
  const file = witnessFile(options.folder)
  let newest: Witness | null = null
  let underWay: Promise<void> | null = null
  let cancel: (() => void) | null = null
  let hasFailed = false

  const write = (): void => {
    cancel = null
    if (underWay || !newest) return
    const text = `${JSON.stringify(newest)}\n`
    newest = null
    underWay = replaceWhole(file, text)
      .then(
        () => {
          hasFailed = false
        },
        (fault: Error) => {
          // the journal says by itself what is wrong with the disk
          if (!hasFailed) log.warn(`${file} cannot be written: ${fault.message}`)
          hasFailed = true
        },
      )
      .then(() => {
        underWay = null
        if (newest) cancel ??= clock.after(writtenAtMostEveryMs, write)
      })
  }
  return {
    saw(witness: Witness): void {
      newest = witness
      if (!underWay) cancel ??= clock.after(writtenAtMostEveryMs, write)
    },
    /** Writes what is waiting. */
    async close(): Promise<void> {
      cancel?.()
      await underWay
      cancel?.()
      write()
      await underWay
    },
  }
}
