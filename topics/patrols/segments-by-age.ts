import type { SegmentRow } from './patrols.figures.ts'

/** Those that wait for a patrol first, the longest waiting of all on top. */
export const segmentsByAge = (rows: readonly SegmentRow[]): SegmentRow[] =>
  rows.toSorted((a, b) => (a.patrolledAt ?? 0) - (b.patrolledAt ?? 0) || (a.code < b.code ? -1 : 1))
