/** One event as it came, or why it could not be read. `line` is 1-based, in an array the element's place. */
export type Line = { line: number } & ({ value: unknown } | { unreadable: string })

/** The whole body is of no use; the message says what to mend. */
export class BodyUnreadable extends Error {
  override name = 'BodyUnreadable'
}

const lineBytesAtMost = 64 * 1024
const newline = 0x0a

const parse = (text: string): { value: unknown } | { unreadable: string } => {
  try {
    return { value: JSON.parse(text) }
  } catch (fault) {
    return { unreadable: `not JSON: ${(fault as Error).message}` }
  }
}

const readLine = (bytes: Uint8Array): { value: unknown } | { unreadable: string } | null => {
  if (bytes.length > lineBytesAtMost) {
    return { unreadable: `longer than ${lineBytesAtMost} bytes; an event is one short line` }
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { unreadable: 'not UTF-8; send the line in UTF-8' }
  }
  return text.trim() === '' ? null : parse(text)
}

/** NDJSON, line by line: a bad line never hurts its neighbours. Empty lines are counted and skipped. */
export function* readNdjson(body: Uint8Array): Generator<Line> {
  let line = 0
  for (let from = 0; from < body.length; ) {
    const found = body.indexOf(newline, from)
    const to = found === -1 ? body.length : found
    line += 1
    const read = readLine(body.subarray(from, to))
    if (read) yield { line, ...read }
    from = to + 1
  }
}

/** A JSON array of events; one object alone is taken as an array of one. */
export function* readArray(body: Uint8Array): Generator<Line> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (fault) {
    throw new BodyUnreadable(
      `the body is not a JSON array: ${(fault as Error).message}; send NDJSON (application/x-ndjson) so that one fault costs one line`,
    )
  }
  const elements = Array.isArray(value) ? value : [value]
  for (const [index, element] of elements.entries()) yield { line: index + 1, value: element }
}
