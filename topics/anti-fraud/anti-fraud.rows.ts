import { dayMs, hourMs, midnightOf } from '#protocol/beijing.ts'
import type { Measure, Measured } from './anti-fraud.codes.ts'
import { type Seat, seatOf } from './anti-fraud.places.ts'
import { isHeard, sumsIn, sumUp, usualIn, weeksKnown } from './anti-fraud.sums.ts'
import { type Fraud, sumOf } from './series.ts'

/** One hour of the day in Beijing. */
export interface HourOfMeasure {
  hour: number
  /** null: not yet begun, or nobody has ever spoken of it */
  today: number | null
  /** mean of the same hour on this weekday over up to four weeks; null without any */
  usual: number | null
}

/** Today by the hour beside what is usual: the drawing beside a measure's `ToHour` and `UsualToHour`. */
export const measureByHourOfDay =
  (measured: Measured) =>
  (state: Fraud, now: number): HourOfMeasure[] => {
    const midnight = midnightOf(now)
    const { measure, quantity } = measured
    const isKnown = isHeard(state, measure)
    const weeks = weeksKnown(state, measure, midnight)
    return Array.from({ length: dayMs / hourMs }, (_, hour) => {
      const fromMs = midnight + hour * hourMs
      const span = { fromMs, toMs: fromMs + hourMs }
      const today = sumUp(sumsIn(state, measure, span), quantity)
      return {
        hour,
        today: isKnown && fromMs <= now ? today : null,
        usual: usualIn(state, measured, span, weeks).value,
      }
    })
  }

/** What a place has of a measure today. */
export interface PlaceOfMeasure {
  /** township with a known seat, or the county for all others in it */
  place: string
  seat: Seat
  count: number
  simulated: boolean
}

/** Today's count by place, largest first; what is known of the prefecture only has no place on a map. */
export const measureByPlace =
  (measure: Measure) =>
  (state: Fraud, now: number): PlaceOfMeasure[] => {
    const places = new Map<string, PlaceOfMeasure>()
    for (const series of state.series.values()) {
      if (series.measure !== measure) continue
      for (const [place, cell] of series.byPlace.get(midnightOf(now)) ?? []) {
        const seat = seatOf(place)
        if (!seat) continue
        const { total, simulated } = sumOf(series.source, cell)
        const known = places.get(place)
        places.set(place, {
          place,
          seat,
          count: total + (known?.count ?? 0),
          simulated: simulated || (known?.simulated ?? false),
        })
      }
    }
    return Array.from(places.values())
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.place < b.place ? -1 : 1))
  }
