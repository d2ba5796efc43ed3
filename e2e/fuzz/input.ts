import { createRandom, type Random } from '#mock/random.ts'
import { bytesOf, type FuzzDoor } from './door.ts'
import { inputBytesAtMost, mutateBytes } from './mutate-bytes.ts'
import { mutateJson } from './mutate-json.ts'

const textDecoder = new TextDecoder()
const known = new WeakMap<Uint8Array, { value: unknown } | null>()

/** The value of a corpus member, parsed once; null: it is no JSON. */
const parsedOf = (bytes: Uint8Array): { value: unknown } | null => {
  const before = known.get(bytes)
  if (before !== undefined) return before
  let value: { value: unknown } | null = null
  try {
    value = { value: JSON.parse(textDecoder.decode(bytes)) }
  } catch {
    // lines, queries and frames are no JSON, and get blows to their bytes alone
  }
  known.set(bytes, value)
  return value
}

const mutateOne = (corpus: readonly Uint8Array[], random: Random): Uint8Array => {
  const base = random.pick(corpus)
  const asJson = random.chance(0.6) ? parsedOf(base) : null
  if (!asJson) return mutateBytes(base, random, () => random.pick(corpus))
  const mutated = bytesOf(mutateJson(asJson.value, random)).subarray(0, inputBytesAtMost)
  return random.chance(0.1) ? mutateBytes(mutated, random, () => random.pick(corpus)) : mutated
}

/** Input `n` of a door: nothing but the seed, the door's name and its corpus decide it. Some are sound as they are. */
export const inputOf = (door: FuzzDoor, seed: number, n: number): Uint8Array => {
  const random = createRandom(`${seed} ${door.name} ${n}`)
  return random.chance(0.02) ? random.pick(door.corpus) : mutateOne(door.corpus, random)
}
