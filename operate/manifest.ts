import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** A sentence for whoever ran the command: what is wrong, and the mend. */
export class OperationRefused extends Error {
  override name = 'OperationRefused'
}

export interface ManifestFile {
  /** path in the backup, with `/` */
  name: string
  bytes: number
  sha256: string
}
/** What a backup holds; it is written last, so a folder without one is no backup. */
export interface Manifest {
  version: 1
  epoch: string
  /** last seq, and its hash: where the chain of the copy ends */
  head: number
  headHash: string
  /** ms: everything that was acknowledged before is in it */
  takenAt: number
  files: ManifestFile[]
}

export const manifestName = 'manifest.json'

export const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

const isHash = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0

/** Names stay below the folder that they are read from, and no name is the folder itself. */
const isInside = (name: unknown): boolean =>
  typeof name === 'string' && /^(tracks\/)?[\w-][\w.-]*$/.test(name) && !name.includes('..')

/** The manifest of a backup's folder, or null where there is none. Throws `OperationRefused` where it cannot be read. */
export const readManifest = (folder: string): Manifest | null => {
  const file = join(folder, manifestName)
  if (!existsSync(file)) return null
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
    const isWhole =
      manifest.version === 1 &&
      typeof manifest.epoch === 'string' &&
      isHash(manifest.headHash) &&
      [manifest.head, manifest.takenAt].every(isCount) &&
      manifest.files.some(({ name }) => name === 'journal.sqlite') &&
      manifest.files.every((file) => isInside(file.name) && isHash(file.sha256)) &&
      new Set(manifest.files.map(({ name }) => name)).size === manifest.files.length
    if (isWhole) return manifest
  } catch {
    // the same as any other text that is no manifest
  }
  throw new OperationRefused(`${file} is damaged; use another backup`)
}
