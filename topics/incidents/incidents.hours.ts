import { hourMs, midnightOf, weekMs } from '#protocol/beijing.ts'
import { firstHourOf, type Incidents } from './incident.ts'

/** Calls of one hour of the day in Beijing. */
export interface HourOfCalls {
  hour: number
  /** null: not yet begun, or nothing known at all */
  today: number | null
  /** mean of the same hour on this weekday over up to four weeks; null without any */
  usual: number | null
}

/** Today by the hour beside what is usual: the drawing beside `todayToHour` and `usualToHour`. */
export const callsByHourOfDay = (state: Incidents, now: number): HourOfCalls[] => {
  const midnight = midnightOf(now)
  const sinceMs = firstHourOf(state)
  const callsIn = (hourAt: number): number => {
    let calls = 0
    for (const { count } of state.callsByHour.get(hourAt)?.values() ?? []) calls += count
    return calls
  }
  const weeks = [1, 2, 3, 4].filter((weeksBack) => midnight - weeksBack * weekMs >= sinceMs)
  return Array.from({ length: 24 }, (_, hour) => {
    const hourAt = midnight + hour * hourMs
    const sum = weeks.reduce((total, weeksBack) => total + callsIn(hourAt - weeksBack * weekMs), 0)
    return {
      hour,
      today: hourAt <= now && state.clockMs > 0 ? callsIn(hourAt) : null,
      usual: weeks.length > 0 ? sum / weeks.length : null,
    }
  })
}
