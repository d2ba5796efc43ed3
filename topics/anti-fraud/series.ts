import type { FeedEvent } from '#protocol/event.ts'
import type { Part } from '#protocol/provenance.ts'
import type { FraudType, Measure } from './anti-fraud.codes.ts'

/**
 * A sum of increments, with what its provenance needs. A tuple, since there are thousands of them in every snapshot.
 * Money is kept in fen: whole numbers add up to the same in any order, decimals do not.
 */
export type Cell = [
  count: number,
  amountFen: number,
  events: number,
  simulated: boolean,
  newestId: string,
  newestAt: number,
  newestSeenAt: number,
]

/** What one source has said of one measure. */
export interface Series {
  measure: Measure
  source: string
  /** by the hour (its start, ms): today and the same hours of four weeks before it */
  byHour: Map<number, Cell>
  /** by the day (midnight in Beijing, ms) and type; only for measures that are told apart by type */
  byType: Map<number, Map<FraudType | 'untyped', Cell>>
  /** by the day and place: today and yesterday */
  byPlace: Map<number, Map<string, Cell>>
}

export interface Fraud {
  /** by `measure source` */
  series: Map<string, Series>
  /** when each measure was first heard of, ms: before it, none is not 0 */
  sinceMs: Map<Measure, number>
  /** by source: its newest arrival, ms */
  heardAt: Map<string, number>
  /** the newest arrival, ms: the only clock that a fold has */
  clockMs: number
}

/** Adds an increment to the cell under a key. */
export const addTo = <Key>(
  cells: Map<Key, Cell>,
  key: Key,
  increment: { count: number; amountFen: number },
  { id, at, seenAt, flags }: FeedEvent,
): void => {
  let cell = cells.get(key)
  if (!cell) {
    cell = [0, 0, 0, false, id, at, seenAt]
    cells.set(key, cell)
  }
  cell[0] += increment.count
  cell[1] += increment.amountFen
  cell[2] += 1
  cell[3] ||= flags.includes('simulated')
  // of two that arrived together the greater id is the newest, whichever is folded first
  if (seenAt > cell[6] || (seenAt === cell[6] && id > cell[4])) {
    cell[4] = id
    cell[5] = at
    cell[6] = seenAt
  }
}

/** What cells of one source add up to. */
export interface Sum extends Part {
  simulated: boolean
  total: number
  amountFen: number
}

/** A cell as a part of a figure's provenance. */
export const sumOf = (source: string, cell: Cell): Sum => {
  const [total, amountFen, count, simulated, id, at, seenAt] = cell
  return { sources: [source], total, amountFen, count, simulated, newest: { id, at, seenAt } }
}
