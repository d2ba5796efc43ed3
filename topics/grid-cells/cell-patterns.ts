import { type CellShape, crossOf, dashesOf, enlarged, hatchOf, type Line } from './cell-shapes.ts'
import type { Status } from './grid-cells.codes.ts'

/** Lines as columns, which deck.gl draws without asking for each: four numbers from end to end, four of a colour. */
export interface Patterns {
  length: number
  attributes: Record<
    'getSourcePosition' | 'getTargetPosition' | 'getColor',
    { value: Float32Array | Uint8Array; size: number; stride?: number; offset?: number }
  >
}

/** A cell that stands out alone is drawn at least this large, in sizes of a word, and its lines as far apart. */
const leastEm = 0.4
const hatchEm = 0.2
/** Up to so many hatched cells each is found by itself; so many are a region, in which none can be told apart. */
const [few, crowd] = [40, 400]
/** A cell of this size is told apart in any crowd, in sizes of a word. */
const largeEm = 1.6
/** A change of the crowd that is less than a step of this draws nothing anew. */
const steps = 4

/**
 * How loud hatched cells are, from 0 to 1: a crowd speaks low, or nobody could read what else is there; near to it each has
 * its voice again.
 */
export const voiceOf = (hatched: number, sideEm: number): number => {
  const byCount = Math.log(crowd / Math.max(1, hatched)) / Math.log(crowd / few)
  const loud = Math.min(1, Math.max(0, byCount, sideEm / largeEm))
  return Math.round(steps * loud) / steps
}

/** The lines of a cell; `emDegrees` is a size of a word. */
const linesOf: Partial<
  Record<Status, (shape: CellShape, emDegrees: number, voice: number) => Line[]>
> = {
  overdue(shape, emDegrees, voice) {
    const grown = enlarged(shape, voice * leastEm * emDegrees)
    const gapDegrees = (1.7 - 0.7 * voice) * hatchEm * emDegrees
    const least = voice < 1 ? 1 : 2
    const hatch = hatchOf(grown, Math.max(least, Math.round(grown.sideDegrees / gapDegrees)))
    if (voice < 0.5) return hatch
    return [...[grown.ring, ...grown.holes].map((ring) => [...ring, ring[0]!]), ...hatch]
  },
  silent: dashesOf,
  unknown: crossOf,
}

interface Known {
  status: Status
  emDegrees: number
  voice: number
  ends: Float32Array
}
/** The lines of each cell as they were drawn last: those of one that has not changed are not computed again. */
const known = new WeakMap<CellShape, Known>()
const none = new Float32Array(0)
const endsOf = (shape: CellShape, status: Status, emDegrees: number, voice: number) => {
  const pattern = linesOf[status]
  if (!pattern) return none
  const before = known.get(shape)
  if (before?.status === status && before.emDegrees === emDegrees && before.voice === voice)
    return before.ends
  const lines = pattern(shape, emDegrees, voice)
  const ends = Float32Array.from(
    lines.flatMap((line) => line.slice(1).flatMap((to, n) => [...line[n]!, ...to])),
  )
  known.set(shape, { status, emDegrees, voice, ends })
  return ends
}

/** What is drawn over the fills of cells, so that a status has a pattern and not only a colour. */
export const patternsOf = (
  shapes: readonly CellShape[],
  statuses: readonly Status[],
  emDegrees: number,
  colourOf: (status: Status, voice: number) => readonly number[],
): Patterns => {
  const hatched = shapes.filter((_, n) => statuses[n] === 'overdue')
  const oneOfThem = hatched[Math.floor(hatched.length / 2)]?.sideDegrees ?? 0
  const voice = voiceOf(hatched.length, oneOfThem / emDegrees)
  const drawn = shapes.map((shape, n) => endsOf(shape, statuses[n]!, emDegrees, voice))
  const length = drawn.reduce((sum, ends) => sum + ends.length / 4, 0)
  const value = new Float32Array(4 * length)
  const colours = new Uint8Array(4 * length)
  const packed = new Uint32Array(colours.buffer)
  const inks = new Map(
    Array.from(new Set(statuses), (status) => {
      const [ink] = new Uint32Array(Uint8Array.from(colourOf(status, voice)).buffer)
      return [status, ink!] as const
    }),
  )
  let at = 0
  for (const [n, ends] of drawn.entries()) {
    if (ends.length === 0) continue
    value.set(ends, at)
    packed.fill(inks.get(statuses[n]!)!, at / 4, (at + ends.length) / 4)
    at += ends.length
  }
  return {
    length,
    attributes: {
      getSourcePosition: { value, size: 2, stride: 16, offset: 0 },
      getTargetPosition: { value, size: 2, stride: 16, offset: 8 },
      getColor: { value: colours, size: 4 },
    },
  }
}
