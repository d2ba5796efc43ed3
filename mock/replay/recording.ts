import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { isTime, type Kind, kindOf, readRecord } from './retime.ts'

/** One line of a recording. */
export interface RecordedLine {
  /** 1-based, in the file */
  number: number
  bytes: Buffer
}

/** What a first look at a recording tells. */
export interface Survey {
  records: number
  /** number of the first line of each kind; null: there is none */
  firstLine: Record<Kind, number | null>
  /** `at` of the first record that has one, and the newest of all, ms */
  firstAt: number | null
  lastAt: number | null
}

const lineFeed = 0x0a
const longestLineBytes = 1024 * 1024

/** Spaces, tabs, carriage returns and nothing else. */
const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte <= 0x20)

const isGzip = async (path: string): Promise<boolean> => {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const isZipped = await isGzip(path)
  const source = createReadStream(path)
  if (!isZipped) return yield* source
  const gunzip = createGunzip()
  // A fault at either end comes out of the loop over `gunzip`; a reader that stops early is no fault.
  pipeline(source, gunzip).catch(() => {})
  yield* gunzip
}

/** What a server noticed of its own door: played back, it would promise in others' names what nobody keeps. */
const isOfTheDoor = (bytes: Buffer): boolean => bytes.includes('"type":"feed.')

const isLeftOut = (bytes: Buffer): boolean => isBlank(bytes) || isOfTheDoor(bytes)

/** The lines of a file, plain or gzip, as they come; empty ones and those of `isOfTheDoor` are counted and left out. */
export async function* linesOf(path: string): AsyncGenerator<RecordedLine> {
  let number = 1
  let open: Buffer[] = []
  let openBytes = 0
  const close = (): RecordedLine => {
    const bytes = Buffer.concat(open)
    open = []
    openBytes = 0
    return { number: number++, bytes }
  }
  for await (const chunk of chunksOf(path)) {
    let from = 0
    // Only a line feed ends a line: JSON text may hold other separators.
    for (let to = chunk.indexOf(lineFeed); to >= 0; to = chunk.indexOf(lineFeed, from)) {
      open.push(chunk.subarray(from, to))
      from = to + 1
      const line = close()
      if (!isLeftOut(line.bytes)) yield line
    }
    open.push(chunk.subarray(from))
    openBytes += chunk.length - from
    if (openBytes > longestLineBytes) {
      throw new Error(`line ${number} is longer than 1 MiB; a recording holds one record a line`)
    }
  }
  const last = close()
  if (!isLeftOut(last.bytes)) yield last
}

/** Reads the whole file once and keeps none of it. */
export const surveyOf = async (path: string, signal: AbortSignal): Promise<Survey> => {
  const firstLine: Survey['firstLine'] = { event: null, position: null }
  const survey: Survey = { records: 0, firstLine, firstAt: null, lastAt: null }
  for await (const { number, bytes } of linesOf(path)) {
    signal.throwIfAborted()
    survey.records += 1
    const record = readRecord(bytes)
    const kind = record && kindOf(record)
    if (kind) firstLine[kind] ??= number
    const at = record?.at
    if (!isTime(at)) continue
    survey.firstAt ??= at
    survey.lastAt = Math.max(survey.lastAt ?? at, at)
  }
  return survey
}
