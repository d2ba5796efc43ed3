import type { Random } from '#mock/random.ts'
import { nastyKeys, nastyNumbers, nastyPieces, nastyTexts } from './tokens.ts'

/** Deeper than any decoder may trust its stack to reach. */
const depthAtMost = 10_000

const countOf = (value: unknown): number =>
  typeof value !== 'object' || value === null
    ? 1
    : Object.values(value).reduce((sum: number, each) => sum + countOf(each), 1)

const deep = (random: Random, inside: string): string => {
  const depth = random.chance(0.02) ? depthAtMost : random.int(1, 60)
  return random.chance(0.5)
    ? '['.repeat(depth) + inside + ']'.repeat(depth)
    : '{"a":'.repeat(depth) + inside + '}'.repeat(depth)
}

/** With a lone surrogate as an escape, which is how it can come in UTF-8. */
const quoted = (text: string): string => JSON.stringify(text)

const otherScalar = (random: Random): string =>
  random.weighted<() => string>([
    [() => quoted(random.pick(nastyTexts)), 5],
    [() => random.pick(nastyNumbers), 4],
    [() => random.pick(nastyPieces), 3],
    [() => String(random.int(-10, 100_000)), 1],
  ])()

const textAlike = (text: string, random: Random): string => {
  const at = random.int(0, text.length)
  return quoted(
    text.slice(0, at) + random.pick(nastyTexts) + text.slice(random.chance(0.5) ? at : at + 1),
  )
}

const numberAlike = (number: number, random: Random): string =>
  random.pick([
    String(number + 1),
    String(-number),
    String(number / 3),
    `${number}e0`,
    `"${number}"`,
    String(number * 2 ** 20),
    random.pick(nastyNumbers),
  ])

const memberOf = ([key, written]: readonly [string, string]): string => `${quoted(key)}:${written}`

/** Keys doubled, added, lost, swapped, renamed. */
const objectAlike = (members: readonly (readonly [string, string])[], random: Random): string => {
  const list = [...members]
  const at = list.length === 0 ? 0 : random.int(0, list.length - 1)
  const one = list[at] ?? (['a', '1'] as const)
  const other = list.length === 0 ? one : random.pick(list)
  random.pick([
    () => list.push([one[0], otherScalar(random)]),
    () => list.unshift([one[0], other[1]]),
    () => list.push([random.pick(nastyKeys), otherScalar(random)]),
    () => list.unshift([random.pick(nastyKeys), one[1]]),
    () => list.splice(at, 1),
    () => list.splice(at, 1, [one[0], other[1]]),
    () => list.splice(at, 1, [random.pick(nastyKeys), one[1]]),
    () => list.splice(at, 1, [one[0] + random.pick(nastyTexts), one[1]]),
  ])()
  return `{${list.map(memberOf).join(',')}}`
}

const arrayAlike = (written: readonly string[], random: Random): string => {
  const list = [...written]
  const at = list.length === 0 ? 0 : random.int(0, list.length - 1)
  const one = list[at] ?? '1'
  random.pick([
    () => list.splice(at, 1),
    () => list.push(otherScalar(random)),
    () => list.push(...Array.from({ length: random.int(1, 400) }, () => one)),
    () => list.reverse(),
    () => list.splice(at, 1, ''),
  ])()
  return `[${list.join(',')}]`
}

/** One JSON value written with a few of its parts, at any depth, made into what a decoder does not expect. */
export const mutateJson = (value: unknown, random: Random): string => {
  const parts = countOf(value)
  const hits = new Set(Array.from({ length: random.int(1, 3) }, () => random.int(0, parts - 1)))
  let part = 0

  const write = (each: unknown): string => {
    const isHit = hits.has(part)
    part += 1
    if (isHit && random.chance(0.15)) {
      part += countOf(each) - 1
      return otherScalar(random)
    }
    const isWrapped = isHit && random.chance(0.08)
    const written = writeInside(each, isHit && !isWrapped)
    return isWrapped ? deep(random, written) : written
  }
  const writeInside = (each: unknown, isHit: boolean): string => {
    if (Array.isArray(each)) {
      const written = each.map(write)
      return isHit ? arrayAlike(written, random) : `[${written.join(',')}]`
    }
    if (typeof each === 'object' && each !== null) {
      const members = Object.entries(each).map(([key, of]) => [key, write(of)] as const)
      return isHit ? objectAlike(members, random) : `{${members.map(memberOf).join(',')}}`
    }
    if (!isHit) return JSON.stringify(each)
    if (typeof each === 'string') return textAlike(each, random)
    return typeof each === 'number' ? numberAlike(each, random) : otherScalar(random)
  }
  return write(value)
}
