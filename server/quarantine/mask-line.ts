import { findNumbers } from '../ingest/find-numbers.ts'
import { mask, maskText } from '../ingest/mask.ts'
import { fitsAny } from '../ingest/number-pattern.ts'

/** As much of a line as is kept. */
export const keptBytesAtMost = 64 * 1024
/** No number with its gaps is longer: where a line was cut, the last one may be half. */
const numberLengthAtMost = 80

const utf8 = new TextDecoder('utf-8', { fatal: true })
const gb18030 = new TextDecoder('gb18030', { fatal: true })

const decode = (decoder: TextDecoder, bytes: Uint8Array): string | null => {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}
/** Sixteen-bit text has a zero beside each Latin sign: without them its digits can be seen. */
const withoutZeros = (bytes: Uint8Array): Uint8Array => bytes.filter((byte) => byte !== 0)
const escaped = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x{${byte.toString(16)}}`,
  ).join('')

/** What is not UTF-8 is mostly the other Chinese encoding; what is no text has its bytes written out. */
const readable = (bytes: Uint8Array): string =>
  decode(utf8, bytes) ?? decode(gb18030, withoutZeros(bytes)) ?? escaped(withoutZeros(bytes))

const cutShort = (bytes: Uint8Array): Uint8Array => {
  let end = keptBytesAtMost
  // not within a character
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end -= 1
  return bytes.subarray(0, end)
}

/** Where the string ends that begins at a quote; -1 when it does not. */
const closingQuote = (text: string, open: number): number => {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  return -1
}

const unescaped = (text: string): string =>
  text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
/** Every other character in its place: a number that an escaped digit follows is seen as it is written. */
const withoutEscapes = (text: string): string => text.replace(/\\u[0-9a-f]{4}/gi, '______')
const stringOf = (literal: string): string => {
  try {
    return JSON.parse(literal) as string
  } catch {
    return unescaped(literal.slice(1, -1))
  }
}

export interface MaskedLine {
  text: string
  masked: boolean
  cut: boolean
}

/** Text whose end was cut off, without what may be half a number there, and without halving another. */
const beforeHalved = (text: string, now: number): string => {
  const place = Math.max(0, text.length - numberLengthAtMost)
  const from = Math.max(0, place - numberLengthAtMost)
  const end = text.slice(from)
  const isHalved = findNumbers(end, now, 'text').some(
    (each) => from + each.from < place && from + each.to > place,
  )
  // what is escaped stands elsewhere than where it is found
  return text.slice(0, isHalved || end.includes('\\u') ? from : place)
}

/**
 * A refused line as it may be written: numbers of persons and vehicles are masked wherever they stand, in keys and in
 * what is no JSON too. A code stays whole that looks as its source has declared.
 */
export const maskLine = (
  bytes: Uint8Array,
  now: number,
  numberPatterns: readonly string[],
  codeNames: ReadonlySet<string>,
): MaskedLine => {
  const cut = bytes.length > keptBytesAtMost
  const whole = readable(cut ? cutShort(bytes) : bytes)
  const text = cut ? beforeHalved(whole, now) : whole
  const fits = fitsAny(numberPatterns)
  let masked = false
  let written = ''
  let key = ''

  const asWritten = (text: string): string => {
    if (!text.includes('\\u')) return text
    const found = findNumbers(withoutEscapes(text), now, 'text')
    if (found.length > 0) masked = true
    return mask(text, found)
  }
  const writeOther = (other: string): void => {
    const seen = asWritten(other)
    const { text: clean, found } = maskText(unescaped(seen), now)
    if (found.length > 0) masked = true
    written += found.length > 0 ? clean : seen
  }
  const writeString = (literal: string): void => {
    const isDeclared = codeNames.has(key) && fits(stringOf(literal))
    const seen = isDeclared ? literal : asWritten(literal)
    const { text: clean, found } = maskText(isDeclared ? '' : stringOf(seen), now)
    if (found.length > 0) masked = true
    written += found.length > 0 ? JSON.stringify(clean) : seen
  }

  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('"', at)
    const close = open === -1 ? -1 : closingQuote(text, open)
    if (close === -1) {
      writeOther(text.slice(at))
      break
    }
    writeOther(text.slice(at, open))
    const literal = text.slice(open, close + 1)
    at = close + 1
    // a name is never a code, whatever it looks like
    const isKey = /^\s*:/.test(text.slice(at, at + 8))
    if (isKey) key = ''
    writeString(literal)
    if (isKey) key = stringOf(literal)
  }
  return { text: written, masked, cut }
}
