const piece = /\s*("(?:[^"\\]|\\.)*"|[-\d][\w.+-]*|true|false|null|[[\]{}:,])/y
const wantsValue = new Set(['[', ':', ','])
const isNoValue = new Set([',', ':', '}', ']'])

/** Where a value was wanted in what is not JSON, and none stood. */
const placeOf = (text: string): number => {
  let before = ''
  piece.lastIndex = 0
  for (;;) {
    const from = piece.lastIndex
    const match = piece.exec(text)
    if (!match) return text.length - text.slice(from).trimStart().length
    const found = match[1]!
    const isEmptyList = before === '[' && found === ']'
    if (isNoValue.has(found) && (before === '' || wantsValue.has(before)) && !isEmptyList)
      return piece.lastIndex - 1
    before = found
  }
}

/** A fault behind so many characters. */
export const jsonFaultAt = (before: number): string => `see character ${before + 1}`

/**
 * What is wrong with a text that `JSON.parse` refused, by its place: the parser's own words would repeat the text.
 * `before`: how many characters of a longer one stand in front of it.
 */
export const jsonFaultOf = (text: string, before = 0): string => {
  try {
    JSON.parse(text)
    return 'it can be read'
  } catch (fault) {
    const { message } = fault as Error
    if (message.includes('end of JSON input')) return 'it ends too early'
    const position = /at position (\d+)/.exec(message)?.[1]
    return jsonFaultAt(before + Number(position ?? placeOf(text)))
  }
}
