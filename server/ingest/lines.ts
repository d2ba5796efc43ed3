import { type Elements, elementsOf } from './array-elements.ts'
import { jsonFaultAt, jsonFaultOf } from './json-fault.ts'

/**
 * One event as it came, or why it could not be read. `line` is 1-based, in an array the element's place;
 * `bytes` are its own in NDJSON, and where it could not be read.
 */
export type Line = { line: number; bytes?: Uint8Array } & (
  | { value: unknown }
  | { unreadable: string }
)

/** Each line is read when it is asked for; `count` says before how many there are, the empty ones too. */
export interface Lines extends Iterable<Line> {
  readonly count: number
}

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

/** Counted before anything is parsed, so that a body of nothing but line ends costs next to nothing; one more than `atMost` at most. */
const countLines = (body: Uint8Array, atMost: number): number => {
  let lines = 0
  for (let from = 0; from < body.length && lines <= atMost; lines++) {
    const found = body.indexOf(newline, from)
    from = found === -1 ? body.length : found + 1
  }
  return lines
}

function* linesOf(body: Uint8Array): Generator<Line> {
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

/** NDJSON, line by line: a bad line never hurts its neighbours. Empty lines are counted and skipped. */
export const readNdjson = (body: Uint8Array, linesAtMost: number): Lines => {
  const count = countLines(body, linesAtMost)
  if (count > linesAtMost) throw new TooManyLines()
  return { count, [Symbol.iterator]: () => linesOf(body) }
}

const mend = 'send NDJSON (application/x-ndjson) so that one fault costs one line'

const decode = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new BodyUnreadable(`the body is not UTF-8; ${mend}`)
  }
}
const noArray = (fault: string): BodyUnreadable =>
  new BodyUnreadable(`the body is not a JSON array: ${fault}; ${mend}`)

/** One object alone. */
const readWhole = (body: Uint8Array): unknown => {
  if (body.length > lineBytesAtMost)
    throw new BodyUnreadable(`the body is no JSON array, and too long for one event; ${mend}`)
  const text = decode(body)
  try {
    return JSON.parse(text)
  } catch {
    throw noArray(jsonFaultOf(text))
  }
}

/** In the whole, what is wrong with an array; of one that is not closed no more than the last element is read. */
const faultIn = (body: Uint8Array, { elements }: Elements, brokenAt: number): string => {
  if (brokenAt < body.length) return jsonFaultAt(decode(body.subarray(0, brokenAt)).length)
  const { from } = elements.at(-1)!
  if (brokenAt - from > lineBytesAtMost) return 'it ends too early'
  const before = decode(body.subarray(0, from)).length - 1
  return jsonFaultOf(`[${decode(body.subarray(from))}`, before)
}

function* elementLines(body: Uint8Array, { elements }: Elements): Generator<Line> {
  for (const [index, { from, to }] of elements.entries()) {
    const bytes = body.subarray(from, to)
    const read = readLine(bytes) ?? { unreadable: 'nothing stands here' }
    yield { line: index + 1, ...('unreadable' in read && { bytes }), ...read }
  }
}

/**
 * A JSON array of events; one object alone is taken as an array of one. An element may be as long as a line, and one
 * that is no JSON hurts no other; an array that does not end, or has a gap, is refused as a whole before any is read.
 */
export const readArray = (body: Uint8Array, linesAtMost: number): Lines => {
  const found = elementsOf(body, linesAtMost)
  if (!found) {
    const line = { line: 1, value: readWhole(body) }
    return { count: 1, [Symbol.iterator]: () => [line].values() }
  }
  const { elements, brokenAt } = found
  if (elements.length > linesAtMost) throw new TooManyLines()
  if (brokenAt !== null) throw noArray(faultIn(body, found, brokenAt))
  return { count: elements.length, [Symbol.iterator]: () => elementLines(body, found) }
}
