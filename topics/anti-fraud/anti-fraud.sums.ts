import { hourMs, toHour, weekMs } from '#protocol/beijing.ts'
import type { Provenance } from '#protocol/figure.ts'
import type { Measure, Measured, Quantity } from './anti-fraud.codes.ts'
import { type Fraud, type Sum, sumOf } from './series.ts'

export type Window = NonNullable<Provenance['window']>

/** A measure from one full hour to another, by source and hour; a measure is never added to another. */
export const sumsIn = (state: Fraud, measure: Measure, { fromMs, toMs }: Window): Sum[] => {
  const sums: Sum[] = []
  for (const series of state.series.values()) {
    if (series.measure !== measure) continue
    for (let hour = fromMs; hour < toMs; hour += hourMs) {
      const cell = series.byHour.get(hour)
      if (cell) sums.push(sumOf(series.source, cell))
    }
  }
  return sums
}

/** What sums of one measure come to. */
export const sumUp = (sums: readonly Sum[], quantity: Quantity): number =>
  quantity === 'count'
    ? sums.reduce((value, { total }) => value + total, 0)
    : sums.reduce((value, { amountFen }) => value + amountFen, 0) / 100

/** Whether anybody has spoken of a measure in the time that is kept: without it, there is no 0 either. */
export const isHeard = (state: Fraud, measure: Measure): boolean => {
  for (const series of state.series.values()) if (series.measure === measure) return true
  return false
}

/** How many weeks back, of four, a measure was already counted on the whole day that began at `midnight`. */
export const weeksKnown = (state: Fraud, measure: Measure, midnight: number): number[] => {
  const sinceMs = state.sinceMs.get(measure)
  if (sinceMs === undefined || !isHeard(state, measure)) return []
  return [1, 2, 3, 4].filter((back) => midnight - back * weekMs >= toHour(sinceMs))
}

/** The mean of a span over the same span some weeks back; null without any. */
export const usualIn = (
  state: Fraud,
  { measure, quantity }: Measured,
  { fromMs, toMs }: Window,
  weeks: readonly number[],
): { value: number | null; sums: Sum[] } => {
  const sums = weeks.flatMap((back) =>
    sumsIn(state, measure, { fromMs: fromMs - back * weekMs, toMs: toMs - back * weekMs }),
  )
  return { value: weeks.length > 0 ? sumUp(sums, quantity) / weeks.length : null, sums }
}
