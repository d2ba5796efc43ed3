import { longElements } from './array-elements.ts'
import { jsonFaultOf } from './json-fault.ts'

/**
 * One event as it came, or why it could not be read. `line` is 1-based, in an array the element's place;
 * `bytes` are its own in NDJSON.
 */
export type Line = { line: number; bytes?: Uint8Array } & (
  | { value: unknown }
  | { unreadable: string }
)

/** The whole body is of no use; the message says what to mend. */
export class BodyUnreadable extends Error {
  override name = 'BodyUnreadable'
}

/** More lines than a request may have, empty ones counted. */
export class TooManyLines extends Error {
  override name = 'TooManyLines'
}

/**
 * What was read, as text again. A value may be nested deeper than it can be written out, and is refused in any case:
 * then the text says so, and is no JSON.
 */
export const textOf = (value: unknown): string => {
  try {
    return JSON.stringify(value)
  } catch {
    return '(nested too deep to be written out)'
  }
}

const lineBytesAtMost = 64 * 1024
const tooLong = `longer than ${lineBytesAtMost} bytes; an event is one short line`
const newline = 0x0a
const nothing = new TextEncoder().encode('null')
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** One line's JSON, or why it cannot be read; null when there is nothing in it. */
export const readLine = (bytes: Uint8Array): { value: unknown } | { unreadable: string } | null => {
  if (bytes.length > lineBytesAtMost) return { unreadable: tooLong }
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return { unreadable: 'not UTF-8; send the line in UTF-8' }
  }
  if (text.trim() === '') return null
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { unreadable: `not JSON: ${jsonFaultOf(text)}` }
  }
}

/** Counted before anything is parsed, so that a body of nothing but line ends costs next to nothing. */
export const countLines = (body: Uint8Array, atMost: number): number => {
  let lines = 0
  for (let from = 0; from < body.length; lines++) {
    if (lines > atMost) throw new TooManyLines()
    const found = body.indexOf(newline, from)
    from = found === -1 ? body.length : found + 1
  }
  return lines
}

/** NDJSON, line by line: a bad line never hurts its neighbours. Empty lines are counted and skipped. */
export function* readNdjson(body: Uint8Array, linesAtMost: number): Generator<Line> {
  if (countLines(body, linesAtMost) > linesAtMost) throw new TooManyLines()
  let line = 0
  for (let from = 0; from < body.length; ) {
    const found = body.indexOf(newline, from)
    const to = found === -1 ? body.length : found
    line += 1
    const read = readLine(body.subarray(from, to))
    if (read) yield { line, bytes: body.subarray(from, to), ...read }
    from = to + 1
  }
}

const mend = 'send NDJSON (application/x-ndjson) so that one fault costs one line'

const readWhole = (body: Uint8Array): unknown => {
  let text: string
  try {
    text = utf8.decode(body)
  } catch {
    throw new BodyUnreadable(`the body is not UTF-8; ${mend}`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new BodyUnreadable(`the body is not a JSON array: ${jsonFaultOf(text)}; ${mend}`)
  }
}

/** A JSON array of events; one object alone is taken as an array of one. An element may be as long as a line. */
export function* readArray(body: Uint8Array, linesAtMost: number): Generator<Line> {
  const elementsIn = longElements(body, lineBytesAtMost)
  if (!elementsIn && body.length > lineBytesAtMost)
    throw new BodyUnreadable(`the body is no JSON array, and too long for one event; ${mend}`)
  const { long, count } = elementsIn ?? { long: [], count: 1 }
  if (count > linesAtMost) throw new TooManyLines()
  const short = long.length === 0 ? body : body.slice()
  // every other byte keeps its place, so that a fault is told by it
  for (const { from, to } of long) short.fill(0x20, from, to).set(nothing, from)
  const value = readWhole(short)
  const elements = Array.isArray(value) ? value : [value]
  if (elements.length > linesAtMost) throw new TooManyLines()
  const bytesOf = new Map(long.map(({ index, from, to }) => [index, body.subarray(from, to)]))
  for (const [index, element] of elements.entries()) {
    const bytes = bytesOf.get(index)
    yield bytes
      ? { line: index + 1, bytes, unreadable: tooLong }
      : { line: index + 1, value: element }
  }
}
