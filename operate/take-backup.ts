import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { saveLastBackup } from '#server/journal/last-backup.ts'
import { syncPath } from './durable.ts'
import { type Manifest, manifestName, OperationRefused, sha256Of } from './manifest.ts'
import { verifyCopy } from './verify-copy.ts'

/**
 * All pages in one step: one read transaction, so that the copy is the journal as it was at one moment, and the
 * server's commits neither wait for it nor make it begin anew.
 */
const allPages = 2 ** 31 - 1

const copyDatabase = async (from: string, to: string): Promise<void> => {
  const source = new DatabaseSync(from, { readOnly: true })
  try {
    await backup(source, to, { rate: allPages })
  } finally {
    source.close()
  }
  await chmod(to, 0o600)
}

/** Chunks are written once and never changed; one that is pruned meanwhile is not missed. */
const copyTracks = async (from: string, to: string): Promise<string[]> => {
  if (!existsSync(from)) return []
  await mkdir(to, { mode: 0o700 })
  const copied: string[] = []
  for (const name of (await readdir(from)).filter((each) => each.endsWith('.tracks.gz'))) {
    try {
      await copyFile(join(from, name), join(to, name))
      copied.push(`tracks/${name}`)
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault
    }
  }
  return copied
}

const stamp = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')

export interface TakenBackup {
  folder: string
  manifest: Manifest
}

/**
 * Copies a data folder, whose server may be running, into a new folder below `into`. The copy has its final name only
 * once it is whole, on the disk, and its chain has been read to the end. Throws `OperationRefused`.
 */
export const takeBackup = async (folder: string, into: string): Promise<TakenBackup> => {
  const journal = join(folder, 'journal.sqlite')
  if (!existsSync(journal)) {
    throw new OperationRefused(
      `There is no journal in ${folder}; set WANGLOU_DATA to the server's data folder`,
    )
  }
  await mkdir(into, { recursive: true, mode: 0o700 })
  const takenAt = Date.now()
  const part = join(into, `wanglou-${stamp(takenAt)}-${process.pid}.part`)
  await mkdir(part, { mode: 0o700 })
  try {
    // the journal first: whatever else is copied then is not older than what it says
    await copyDatabase(journal, join(part, 'journal.sqlite'))
    const names = ['journal.sqlite']
    if (existsSync(join(folder, 'quarantine.sqlite'))) {
      await copyDatabase(join(folder, 'quarantine.sqlite'), join(part, 'quarantine.sqlite'))
      names.push('quarantine.sqlite')
    }
    if (existsSync(join(folder, 'ingest-token'))) {
      await copyFile(join(folder, 'ingest-token'), join(part, 'ingest-token'))
      await chmod(join(part, 'ingest-token'), 0o600)
      names.push('ingest-token')
    }
    names.push(...(await copyTracks(join(folder, 'tracks'), join(part, 'tracks'))))
    const end = verifyCopy(join(part, 'journal.sqlite'))

    const files = []
    for (const name of names) {
      const path = join(part, name)
      await syncPath(path)
      files.push({ name, bytes: (await stat(path)).size, sha256: await sha256Of(path) })
    }
    const manifest: Manifest = { version: 1, ...end, takenAt, files }
    const manifestFile = join(part, manifestName)
    await writeFile(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
    await syncPath(manifestFile)
    if (existsSync(join(part, 'tracks'))) await syncPath(join(part, 'tracks'))
    await syncPath(part)
    const done = join(into, `wanglou-${end.head}-${stamp(takenAt)}`)
    if (existsSync(done)) throw new OperationRefused(`${done} is there already; wait a second`)
    await rename(part, done)
    await syncPath(into)
    await saveLastBackup(folder, { seq: end.head, takenAt })
    return { folder: done, manifest }
  } catch (fault) {
    await rm(part, { recursive: true, force: true })
    throw fault
  }
}
