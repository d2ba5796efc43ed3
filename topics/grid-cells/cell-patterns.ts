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
  return Math.ceil(steps * loud) / steps
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

/** The lines of each cell as they were drawn last: those of one that has not changed are not computed again. */
const known = new WeakMap<CellShape, { key: string; ends: number[] }>()
const endsOf = (shape: CellShape, status: Status, emDegrees: number, voice: number): number[] => {
  const key = `${status} ${emDegrees} ${voice}`
  const before = known.get(shape)
  if (before?.key === key) return before.ends
  const lines = linesOf[status]?.(shape, emDegrees, voice) ?? []
  const ends = lines.flatMap((line) => line.slice(1).flatMap((to, n) => [...line[n]!, ...to]))
  known.set(shape, { key, ends })
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
  const drawn = shapes.flatMap((shape, n) => {
    const status = statuses[n]!
    const ends = linesOf[status] ? endsOf(shape, status, emDegrees, voice) : []
    return ends.length > 0 ? [{ ends, colour: colourOf(status, voice) }] : []
  })
  const length = drawn.reduce((sum, { ends }) => sum + ends.length / 4, 0)
  const value = new Float32Array(4 * length)
  const colours = new Uint8Array(4 * length)
  let at = 0
  for (const { ends, colour } of drawn) {
    value.set(ends, at)
    for (let line = at; line < at + ends.length; line += 4) colours.set(colour, line)
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
