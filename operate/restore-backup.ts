import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { lockFolder } from '#server/journal/lock.ts'
import { witnessFile } from '#server/journal/witness.ts'
import { syncPath } from './durable.ts'
import { type Manifest, OperationRefused, readManifest, sha256Of } from './manifest.ts'
import { verifyCopy } from './verify-copy.ts'

/** The backup that a path names: its own folder, or the newest whole one in a folder of many. */
export const findBackup = (path: string): { folder: string; manifest: Manifest } => {
  if (!existsSync(path)) throw new OperationRefused(`There is no folder ${path}`)
  const own = readManifest(path)
  if (own) return { folder: path, manifest: own }
  const whole = readdirSync(path)
    .filter((name) => /^wanglou-\d+-\w+$/.test(name))
    .flatMap((name) => {
      const folder = join(path, name)
      const manifest = readManifest(folder)
      return manifest ? [{ folder, manifest }] : []
    })
    .sort((a, b) => b.manifest.takenAt - a.manifest.takenAt)
  if (!whole[0]) throw new OperationRefused(`There is no whole backup in ${path}`)
  return whole[0]
}

/** A write-ahead log that stayed behind would be played into the file that is put beside it. */
const refuseWhereADatabaseIs = (folder: string): void => {
  const there = ['journal.sqlite', 'quarantine.sqlite']
    .flatMap((name) => [name, `${name}-wal`])
    .find((name) => existsSync(join(folder, name)))
  if (!there) return
  throw new OperationRefused(
    `${join(folder, there)} is there already, and a restore replaces nothing: move the whole folder away (mv ${folder} ${folder}.old), or set WANGLOU_DATA to an empty one`,
  )
}

/** Where a restored file goes, and where it waits until all are there. */
const copyVerified = async (from: string, manifest: Manifest, to: string): Promise<void> => {
  for (const { name, sha256 } of manifest.files) {
    const target = join(to, name)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    if (!existsSync(join(from, name)))
      throw new OperationRefused(`${join(from, name)} is missing; use another backup`)
    await copyFile(join(from, name), target)
    await chmod(target, 0o600)
    if ((await sha256Of(target)) !== sha256) {
      throw new OperationRefused(
        `${join(from, name)} is not what was backed up (its SHA-256 differs); use another backup`,
      )
    }
    await syncPath(target)
  }
}

/**
 * A journal of its own from here on: the server that this was copied from may have given out the seqs after it, and no
 * screen may take the one for the other.
 */
const giveNewEpoch = (path: string): string => {
  const epoch = randomBytes(16).toString('hex')
  const db = new DatabaseSync(path)
  try {
    db.exec('PRAGMA synchronous=FULL')
    db.prepare("UPDATE meta SET value = ? WHERE key = 'epoch'").run(epoch)
  } finally {
    db.close()
  }
  return epoch
}

export interface Restored {
  from: string
  manifest: Manifest
  epoch: string
  /** true: the folder had a token of its own, which stays */
  keptToken: boolean
}

/**
 * Makes a data folder of a backup: every file checked against the manifest, the whole chain read. The journal comes
 * last, so that a restore that was cut off leaves none. Throws `OperationRefused`.
 */
export const restoreBackup = async (path: string, folder: string): Promise<Restored> => {
  const { folder: from, manifest } = findBackup(path)
  const unlock = lockFolder(folder)
  const part = join(folder, 'restore.part')
  try {
    refuseWhereADatabaseIs(folder)
    await rm(part, { recursive: true, force: true })
    await mkdir(part, { mode: 0o700 })
    await copyVerified(from, manifest, part)
    const journal = join(part, 'journal.sqlite')
    const end = verifyCopy(journal)
    if (end.head !== manifest.head || end.headHash !== manifest.headHash) {
      throw new OperationRefused(
        `The chain of ${from} ends at seq ${end.head} (${end.headHash.slice(0, 8)}), its manifest says ${manifest.head} (${manifest.headHash.slice(0, 8)}); use another backup`,
      )
    }
    const epoch = giveNewEpoch(journal)
    await syncPath(journal)
    const keptToken = existsSync(join(folder, 'ingest-token'))
    await mkdir(join(folder, 'tracks'), { recursive: true, mode: 0o700 })
    for (const { name } of manifest.files) {
      if (name === 'journal.sqlite' || (name === 'ingest-token' && keptToken)) continue
      await rename(join(part, name), join(folder, name))
    }
    // what was scrubbed and backed up was another journal
    for (const name of ['scrub.json', 'backup.json']) await rm(join(folder, name), { force: true })
    const witness = { epoch, seq: end.head, hash: end.headHash }
    if (end.head > 0)
      await writeFile(witnessFile(folder), `${JSON.stringify(witness)}\n`, {
        mode: 0o600,
        flush: true,
      })
    await syncPath(join(folder, 'tracks'))
    await syncPath(folder)
    await rename(journal, join(folder, 'journal.sqlite'))
    await syncPath(folder)
    return { from, manifest, epoch, keptToken }
  } finally {
    await rm(part, { recursive: true, force: true })
    unlock()
  }
}
