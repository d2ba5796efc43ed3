/** A seeded stream of chance: the same seed gives the same numbers on every machine. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** Another stream, by name: it does not depend on how much was drawn from this one. */
  fork(label: string | number): Random
  /** A whole number, both ends included. */
  int(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** One of `[value, weight]`. */
  weighted<T>(list: readonly (readonly [T, number])[]): T
  /** Mean 0, deviation 1. */
  normal(): number
  exponential(mean: number): number
  /** `sigma` is the deviation of the logarithm: 0.5 is narrow, 1 has long tails. */
  lognormal(median: number, sigma: number): number
}

/** Four 32-bit words from a text: FNV-1a with four starts, each finished as murmur3 does. */
const wordsOf = (text: string): [number, number, number, number] => {
  const word = (start: number) => {
    let hash = start
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return (hash ^ (hash >>> 16)) >>> 0
  }
  return [word(2166136261), word(0x9e3779b9), word(0x243f6a88), word(0xb7e15162)]
}

/** The generator is sfc32 (Chris Doty-Humphrey's "small fast counting", public domain). */
export const createRandom = (seed: string | number): Random => {
  const name = String(seed)
  let [a, b, c, counter] = wordsOf(name)
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 12; i++) next()

  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    fork: (label) => createRandom(`${name}/${label}`),
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    weighted(list) {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of list) {
        left -= weight
        if (left < 0) return value
      }
      return list.at(-1)![0]
    },
    normal,
    exponential: (mean) => -mean * Math.log(1 - next()),
    lognormal: (median, sigma) => median * Math.exp(sigma * normal()),
  }
}
