/** Where an element of an array stands in its bytes, `to` excluded; never blank. */
export interface Element {
  from: number
  to: number
}

/** What is seen of an array before any of it is read. */
export interface Elements {
  /** the last of an array that is not closed may be blank */
  elements: Element[]
  /** the byte at which it can be no array any more, its length if it is not closed; null: it may be one */
  brokenAt: number | null
}

const [quote, backslash, comma, space] = [0x22, 0x5c, 0x2c, 0x20]
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]

/** Most strings are short: so many of their bytes are looked at here, one call for each costs more. */
const bytesByHand = 32

/** Where a string ends that begins at a quote: past its other quote, or past everything. */
const stringEnd = (body: Uint8Array, open: number): number => {
  let at = open + 1
  for (const until = at + bytesByHand; at < until; at++) {
    if (body[at] === quote) return at + 1
    if (body[at] === backslash) at += 1
  }
  for (; ; at++) {
    at = body.indexOf(quote, at)
    if (at === -1) return body.length
    let slashes = 0
    while (body[at - 1 - slashes] === backslash) slashes += 1
    if (slashes % 2 === 0) return at + 1
  }
}

/** The first byte that is no gap, or where everything ends. */
const signFrom = (body: Uint8Array, from: number): number => {
  let at = from
  while (at < body.length && body[at]! <= space) at += 1
  return at
}

/** After a byte order mark, which the decoder takes away too. */
const firstSign = (body: Uint8Array): number => {
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
  return signFrom(body, hasMark ? 3 : 0)
}

/**
 * Where the elements of an array stand, as far as one more than it may have; null: it is no array.
 * None is read, since that may take a hundred times its bytes. Whether each is JSON, the parser finds out.
 */
export const elementsOf = (body: Uint8Array, atMost: number): Elements | null => {
  const begin = firstSign(body)
  if (body[begin] !== openArray) return null
  const elements: Element[] = []
  let depth = 0
  let from = begin + 1
  for (let at = from; at < body.length; at++) {
    const byte = body[at]!
    if (byte === quote) {
      at = stringEnd(body, at) - 1
      continue
    }
    const closes = byte === closeArray || byte === closeObject
    if (byte === openArray || byte === openObject) depth += 1
    else if (closes && depth > 0) depth -= 1
    else if (depth === 0 && (closes || byte === comma)) {
      const isBlank = signFrom(body, from) === at
      const isEmptyArray = isBlank && closes && elements.length === 0
      if (byte === closeObject || (isBlank && !isEmptyArray)) return { elements, brokenAt: at }
      if (!isBlank) elements.push({ from, to: at })
      if (elements.length > atMost) return { elements, brokenAt: null }
      from = at + 1
      if (!closes) continue
      const after = signFrom(body, from)
      return { elements, brokenAt: after < body.length ? after : null }
    }
  }
  elements.push({ from, to: body.length })
  return { elements, brokenAt: body.length }
}
