import { encodeState } from './snapshot.ts'

/** So many entries of a map make one part: some tens of kB. */
const entriesPerPart = 64

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/**
 * The JSON of `encodeState(value)`, in parts that are each made in a moment, however large the state: maps are cut
 * between their entries, `depth` levels down.
 */
export function* partsOfState(value: unknown, depth = 2): Generator<string> {
  if (depth > 0 && value instanceof Map) {
    let text = '{"$map":['
    let entries = 0
    for (const [key, entry] of value) {
      if (entries > 0) text += ','
      text += JSON.stringify([encodeState(key), encodeState(entry)])
      entries += 1
      if (entries % entriesPerPart > 0) continue
      yield text
      text = ''
    }
    yield `${text}]}`
  } else if (depth > 0 && isPlain(value)) {
    let before = '{'
    for (const [key, entry] of Object.entries(value)) {
      if (key.startsWith('$') || key === '__proto__')
        throw new TypeError(`a state may not use the key ${key}`)
      if (entry === undefined) continue
      yield `${before}${JSON.stringify(key)}:`
      yield* partsOfState(entry, depth - 1)
      before = ','
    }
    yield before === '{' ? '{}' : '}'
  } else yield JSON.stringify(encodeState(value))
}
