import { dayMs, hourMs, midnightOf, toHour } from '#protocol/beijing.ts'

/** Counts by the hour, without a hole from the first known hour on: a number each, since there is one for every source. */
export interface Hours {
  /** start of the first hour, ms; no meaning while there is none */
  fromMs: number
  counts: number[]
}

/** So many whole days before today are kept: what is usual is their mean. */
export const usualDays = 7

export const noHours = (): Hours => ({ fromMs: 0, counts: [] })

/** The first hour that is kept, ms. */
export const oldestHourOf = (clockMs: number): number => midnightOf(clockMs) - usualDays * dayMs

/** No clock was ever right that lies further from another; what it counted is dropped, and never the space between filled. */
const apartAtMostMs = 64 * dayMs

/** `clockMs`: the server's clock at its arrival, which may have been wrong before and be right now. */
export const addToHour = (hours: Hours, at: number, by: number, clockMs: number): void => {
  const hourAt = toHour(at)
  if (hourAt < oldestHourOf(clockMs) || by === 0) return
  const { counts } = hours
  const lastMs = hours.fromMs + counts.length * hourMs
  if (hours.fromMs > hourAt + apartAtMostMs || lastMs < hourAt - apartAtMostMs) counts.length = 0
  if (counts.length === 0) hours.fromMs = hourAt
  for (; hours.fromMs > hourAt; hours.fromMs -= hourMs) counts.unshift(0)
  const index = (hourAt - hours.fromMs) / hourMs
  while (counts.length <= index) counts.push(0)
  counts[index]! += by
}

export const pruneHours = (hours: Hours, clockMs: number): void => {
  // hours that are further ahead than any time that is believed
  const keptMs = midnightOf(clockMs) + 2 * dayMs - hours.fromMs
  hours.counts.splice(Math.max(0, Math.ceil(keptMs / hourMs)))
  const old = Math.ceil((oldestHourOf(clockMs) - hours.fromMs) / hourMs)
  if (old <= 0 || hours.counts.length === 0) return
  hours.counts.splice(0, old)
  hours.fromMs += old * hourMs
}

/** The sum of the hours that begin in fromMs ≤ t < toMs. */
export const sumOfHours = ({ fromMs: firstMs, counts }: Hours, fromMs: number, toMs: number) =>
  counts
    .slice(
      Math.max(0, Math.ceil((fromMs - firstMs) / hourMs)),
      Math.max(0, Math.ceil((toMs - firstMs) / hourMs)),
    )
    .reduce((sum, count) => sum + count, 0)

/** Today so far, up to the full hour, and the mean of the same hours of the days before that are known whole. */
export interface Rate {
  today: number
  toHour: number
  /** null: no day before is known whole */
  usual: number | null
  daysKnown: number
}

export const rateOf = (hours: Hours, now: number): Rate => {
  const [midnight, hour] = [midnightOf(now), toHour(now)]
  const days = Array.from({ length: usualDays }, (_, n) => (n + 1) * dayMs).filter(
    (agoMs) => hours.counts.length > 0 && midnight - agoMs >= hours.fromMs,
  )
  const sum = days.reduce(
    (total, agoMs) => total + sumOfHours(hours, midnight - agoMs, hour - agoMs),
    0,
  )
  return {
    // senders may be minutes ahead: the whole day counts, not only what lies behind the server's clock
    today: sumOfHours(hours, midnight, midnight + dayMs),
    toHour: sumOfHours(hours, midnight, hour),
    usual: days.length > 0 ? sum / days.length : null,
    daysKnown: days.length,
  }
}
