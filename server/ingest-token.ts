import { randomBytes, timingSafeEqual } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

/** A token's file cannot be used; the message names it and the mend. */
export class TokenFileWrong extends Error {
  override name = 'TokenFileWrong'
}

/** What a token may be, wherever it comes from. */
export const isTokenText = (text: string): boolean => /^[\x21-\x7e]{16,256}$/.test(text)
export const tokenMustBe = 'must be 16 to 256 visible ASCII characters without spaces'

const syncFolder = (folder: string): void => {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** The file is there whole or not at all: an empty one would lock every sender out at the next start. */
const make = (folder: string, file: string): string => {
  const token = randomBytes(24).toString('base64url')
  const unfinished = `${file}.part`
  rmSync(unfinished, { force: true })
  const handle = openSync(unfinished, 'wx', 0o600)
  try {
    writeSync(handle, `${token}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(unfinished, file)
  syncFolder(folder)
  return token
}

const read = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw fault
  }
}

/**
 * The token of a data folder, made at the first call for it. Only who holds the folder's lock may call.
 * `madeIn` names the file when this call made it. Throws `TokenFileWrong`.
 */
export const ensureToken = (folder: string): { token: string; madeIn: string | null } => {
  const file = join(folder, 'ingest-token')
  try {
    const token = read(file)
    if (token === null) return { token: make(folder, file), madeIn: file }
    if (!isTokenText(token)) {
      throw new TokenFileWrong(
        `The token in ${file} ${tokenMustBe}: write such a one into it, or delete the file and a new one is made`,
      )
    }
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
    return { token, madeIn: null }
  } catch (fault) {
    if (fault instanceof TokenFileWrong) throw fault
    throw new TokenFileWrong(
      `The token's file cannot be kept for its owner alone (${(fault as Error).message}): ` +
        `let this user own ${file}, or set WANGLOU_INGEST_TOKEN`,
    )
  }
}

/** Compares an `Authorization` header with the token, in a time that tells nothing. */
export const tokenCheck = (token: string) => {
  const expected = Buffer.from(`Bearer ${token}`)
  return (authorization: string | undefined): boolean => {
    const given = Buffer.from(authorization ?? '')
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
}
