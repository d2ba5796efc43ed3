/**
 * State to JSON and back. Beyond JSON it knows `Map` (as `{"$map": [[key, value], …]}`) and `Set`
 * (as `{"$set": […]}`); anything else that JSON cannot hold is a fault of the topic and throws.
 */
export const encodeState = (value: unknown): unknown => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`a state may not hold ${value}`)
    return value
  }
  if (Array.isArray(value)) return value.map(encodeState)
  if (value instanceof Map) {
    return { $map: Array.from(value, ([key, entry]) => [encodeState(key), encodeState(entry)]) }
  }
  if (value instanceof Set) return { $set: Array.from(value, encodeState) }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const encoded: Record<string, unknown> = {}
    for (const [key, entry] of Object.entries(value)) {
      if (key.startsWith('$') || key === '__proto__')
        throw new TypeError(`a state may not use the key ${key}`)
      if (entry !== undefined) encoded[key] = encodeState(entry)
    }
    return encoded
  }
  throw new TypeError(`a state may not hold a ${typeof value}`)
}

/** The inverse of `encodeState`; takes what JSON.parse gave. */
export const decodeState = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(decodeState)
  if ('$map' in value) {
    return new Map(
      (value.$map as [unknown, unknown][]).map(([k, v]) => [decodeState(k), decodeState(v)]),
    )
  }
  if ('$set' in value) return new Set((value.$set as unknown[]).map(decodeState))
  const decoded: Record<string, unknown> = {}
  for (const [key, entry] of Object.entries(value)) {
    // written as a member it would be the object's prototype
    if (key === '__proto__') throw new TypeError(`a state may not use the key ${key}`)
    decoded[key] = decodeState(entry)
  }
  return decoded
}
