import { dayMs, hourMs, hourOf, minuteMs, startOfDayMs, weekdayOf } from '#mock/clock.ts'
import type { Random } from '#mock/random.ts'

/** What an ordinary day brings; busy spells come on top and make it about 400. */
const callsPerDay = 374

/** Weight of each hour in Beijing time. The sun stands an hour and a quarter behind it here, so evenings run late. */
const hourWeights = [
  0.75, 0.5, 0.38, 0.28, 0.24, 0.26, 0.4, 0.7, 1.0, 1.25, 1.35, 1.3, 1.15, 1.05, 1.1, 1.25, 1.3,
  1.35, 1.4, 1.5, 1.6, 1.6, 1.4, 1.05,
]
const hourWeightSum = hourWeights.reduce((sum, weight) => sum + weight, 0)

/** Sunday first. */
const weekdayFactors = [1.03, 0.97, 0.95, 0.95, 0.97, 1.06, 1.07]

/** A time in which much more happens than usual: rain on the roads, a market night. */
export interface BusySpell {
  fromMs: number
  toMs: number
  factor: number
}

const busySpellsOf = (random: Random, day: number): BusySpell[] => {
  const count = random.weighted([
    [0, 3],
    [1, 4],
    [2, 3],
  ] as const)
  return Array.from({ length: count }, () => {
    const fromMs = startOfDayMs(day) + random.int(7 * 60, 22 * 60) * minuteMs
    return {
      fromMs,
      toMs: fromMs + random.int(45, 100) * minuteMs,
      factor: 1.7 + random.next() * 0.9,
    }
  })
}

/** When calls come in on a day in Beijing: Poisson, by hour and weekday, with busy spells; sorted, ms. */
export const arrivalsOf = (random: Random, day: number): number[] => {
  const spells = busySpellsOf(random.fork('spells'), day)
  const perHour = (atMs: number) => {
    const ordinary =
      (callsPerDay * hourWeights[hourOf(atMs)]! * weekdayFactors[weekdayOf(day)]!) / hourWeightSum
    return spells.reduce(
      (rate, spell) => (atMs >= spell.fromMs && atMs < spell.toMs ? rate * spell.factor : rate),
      ordinary,
    )
  }
  // Thinning: draw at a rate that is never exceeded, keep each draw with the share that the hour deserves.
  const ceilingPerHour = 200
  const endMs = startOfDayMs(day) + dayMs
  const arrivals: number[] = []
  let atMs = startOfDayMs(day)
  for (;;) {
    atMs += random.exponential(hourMs / ceilingPerHour)
    if (atMs >= endMs) return arrivals
    if (random.chance(perHour(atMs) / ceilingPerHour)) arrivals.push(Math.floor(atMs))
  }
}
