/** Where an element of an array stands in its bytes, `to` excluded; `index` from 0. */
export interface Element {
  index: number
  from: number
  to: number
}

const [quote, backslash, comma, space] = [0x22, 0x5c, 0x2c, 0x20]
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]

/** Where a string ends that begins at a quote: past its other quote, or past everything. */
const stringEnd = (body: Uint8Array, open: number): number => {
  for (let at = open + 1; ; at++) {
    at = body.indexOf(quote, at)
    if (at === -1) return body.length
    let slashes = 0
    while (body[at - 1 - slashes] === backslash) slashes += 1
    if (slashes % 2 === 0) return at + 1
  }
}

/** After a byte order mark, which the decoder takes away too. */
const firstSign = (body: Uint8Array): number => {
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
  return body.findIndex((byte, at) => byte > space && !(hasMark && at < 3))
}

/**
 * The elements of an array that take more bytes than they may, and how many elements there are; null: it is no array.
 * None is read, since that may take a hundred times its bytes. Whether it is JSON at all, the parser finds out.
 */
export const longElements = (
  body: Uint8Array,
  bytesAtMost: number,
): { long: Element[]; count: number } | null => {
  const begin = firstSign(body)
  if (body[begin] !== openArray) return null
  const long: Element[] = []
  let [index, depth, from] = [0, 0, begin + 1]
  const end = (to: number): void => {
    if (to - from > bytesAtMost) long.push({ index, from, to })
    index += 1
    from = to + 1
  }
  let at = begin
  while (at < body.length) {
    const byte = body[at]!
    if (byte === quote) {
      at = stringEnd(body, at)
      continue
    }
    if (byte === openArray || byte === openObject) depth += 1
    else if (byte === closeArray || byte === closeObject) {
      depth -= 1
      if (depth === 0) break
    } else if (byte === comma && depth === 1) end(at)
    at += 1
  }
  end(at)
  return { long, count: index }
}
