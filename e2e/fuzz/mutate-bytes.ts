import type { Random } from '#mock/random.ts'
import { bytesOf } from './door.ts'
import { nastyBytes, nastyNumbers, nastyPieces, nastyTexts } from './tokens.ts'

/** Longer than any line that a door takes, so that the bounds themselves are tried. */
export const inputBytesAtMost = 80 * 1024

const tokens: readonly Uint8Array[] = [
  ...nastyBytes,
  ...[...nastyTexts, ...nastyNumbers, ...nastyPieces].map(bytesOf),
]

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

type Bytes = Uint8Array<ArrayBufferLike>
type Change = (bytes: Bytes, random: Random, other: () => Bytes) => Bytes

const place = (bytes: Uint8Array, random: Random): number => random.int(0, bytes.length)
const stretch = (bytes: Uint8Array, random: Random): [from: number, to: number] => {
  const from = place(bytes, random)
  return [from, Math.min(bytes.length, from + random.int(1, random.chance(0.8) ? 8 : 200))]
}
const inserted = (bytes: Uint8Array, at: number, piece: Uint8Array): Uint8Array =>
  joined(bytes.subarray(0, at), piece, bytes.subarray(at))

const flipBit: Change = (bytes, random) => {
  if (bytes.length > 0) {
    const at = random.int(0, bytes.length - 1)
    bytes[at] = bytes[at]! ^ (1 << random.int(0, 7))
  }
  return bytes
}
const setByte: Change = (bytes, random) => {
  if (bytes.length > 0) bytes[random.int(0, bytes.length - 1)] = random.int(0, 255)
  return bytes
}
const cutOut: Change = (bytes, random) => {
  const [from, to] = stretch(bytes, random)
  return joined(bytes.subarray(0, from), bytes.subarray(to))
}
const truncate: Change = (bytes, random) => bytes.slice(0, place(bytes, random))
const double: Change = (bytes, random) => {
  const [from, to] = stretch(bytes, random)
  return inserted(bytes, to, bytes.slice(from, to))
}
const flood: Change = (bytes, random) => {
  const [from, to] = stretch(bytes, random)
  const piece = bytes.slice(from, to)
  const times = Math.floor(random.int(2, 2000) / Math.max(1, piece.length / 4))
  return inserted(bytes, to, joined(...Array.from({ length: times }, () => piece)))
}
const putToken: Change = (bytes, random) =>
  inserted(bytes, place(bytes, random), random.pick(tokens))
const overToken: Change = (bytes, random) => {
  const token = random.pick(tokens)
  const at = place(bytes, random)
  return joined(bytes.subarray(0, at), token, bytes.subarray(at + token.length))
}
const splice: Change = (bytes, random, other) => {
  const piece = other()
  return joined(bytes.subarray(0, place(bytes, random)), piece.subarray(place(piece, random)))
}

const changes: readonly (readonly [Change, number])[] = [
  [flipBit, 4],
  [setByte, 4],
  [cutOut, 4],
  [truncate, 2],
  [double, 3],
  // it makes the long inputs, which take the time
  [flood, 0.3],
  [putToken, 5],
  [overToken, 3],
  [splice, 3],
]

/** A few blows to the bytes themselves; `other` gives another member of the corpus. */
export const mutateBytes: Change = (bytes, random, other) => {
  let mutated: Bytes = bytes.slice()
  for (let left = random.int(1, 4); left > 0; left--)
    mutated = random.weighted(changes)(mutated, random, other)
  return mutated.subarray(0, inputBytesAtMost)
}
