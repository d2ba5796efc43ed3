import { medianOf } from '../../bench/bench.ts'

/** Figures of one kind, one a sample, in order of time. */
export interface Series {
  atMs: readonly number[]
  values: readonly number[]
}

/** The median of the slopes between all pairs (Theil and Sen), per ms: one sample in four may lie as it likes. */
export const slopeOf = ({ atMs, values }: Series): number =>
  medianOf(
    values.flatMap((to, n) =>
      values.slice(0, n).map((from, k) => (to - from) / (atMs[n]! - atMs[k]!)),
    ),
  )

/** What a series grew by over all of its time, by the robust slope. */
export const growthOf = (series: Series): number =>
  slopeOf(series) * (series.atMs.at(-1)! - series.atMs[0]!)

/** How much a series may grow: a share of its median, and so much in any case. */
export interface Bound {
  share: number
  plus: number
}

/** What it grew by, and what it may have: `isKept` is false for one that grows without an end in sight. */
export const judge = (series: Series, { share, plus }: Bound) => {
  const growth = growthOf(series)
  const allowed = share * medianOf(series.values) + plus
  return { growth, allowed, isKept: growth <= allowed }
}
