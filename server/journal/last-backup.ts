import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceWhole } from './whole-file.ts'

/** The last backup of a folder: what would be lost if it were needed now is what came after. */
export interface LastBackup {
  seq: number
  /** ms */
  takenAt: number
}

const fileOf = (folder: string): string => join(folder, 'backup.json')

/** Left in the data folder by the backup, for the server to tell of. */
export const saveLastBackup = (folder: string, { seq, takenAt }: LastBackup): Promise<void> =>
  replaceWhole(fileOf(folder), `${JSON.stringify({ seq, takenAt })}\n`)

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0

/** Null where none is known. */
export const lastBackup = async (folder: string): Promise<LastBackup | null> => {
  try {
    const { seq, takenAt } = JSON.parse(await readFile(fileOf(folder), 'utf8')) as LastBackup
    return isCount(seq) && isCount(takenAt) ? { seq, takenAt } : null
  } catch {
    return null
  }
}
