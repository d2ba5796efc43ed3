import { dayMs, dayOf, hourMs, hourOf, minuteMs, startOfDayMs } from '#mock/clock.ts'
import type { Random } from '#mock/random.ts'
import { type Kind, type Level, levels } from './grid-cells.codes.ts'

/** A governance event in the mock, from when it is found until its cell is rid of it. */
export interface Matter {
  kind: Kind
  foundMs: number
  /** from here on it is overdue */
  dueMs: number
  /** closed in the cell, or moved up */
  leftMs: number
  isClosed: boolean
  steps: { atMs: number; from: Level; to: Level }[]
}

/** Of a hundred events so many are of the kind; of a hundred of them so many cannot be settled in the grid. Made up. */
const manners: Record<Kind, { weight: number; climbs: number }> = {
  dispute: { weight: 26, climbs: 18 },
  'safety-hazard': { weight: 18, climbs: 24 },
  'public-order': { weight: 8, climbs: 28 },
  'public-service': { weight: 20, climbs: 11 },
  sanitation: { weight: 13, climbs: 8 },
  'facility-damage': { weight: 9, climbs: 22 },
  'border-anomaly': { weight: 1.2, climbs: 75 },
  other: { weight: 4.8, climbs: 10 },
}
const kindWeights = Object.entries(manners).map(
  ([kind, { weight }]) => [kind as Kind, weight] as const,
)

/** The only limit that is known of the place: verified within 24 h (secondary source). */
const limitMs = dayMs
const longestMs = 3.5 * dayMs

/** Most of what would be done at night is done in the morning. */
const inOfficeHours = (random: Random, atMs: number): number => {
  const hour = hourOf(atMs)
  if ((hour >= 7 && hour < 22) || random.chance(0.3)) return atMs
  const morningMs = startOfDayMs(dayOf(atMs) + (hour >= 22 ? 1 : 0)) + 7 * hourMs
  return morningMs + random.int(20, 170) * minuteMs
}

/** How much of what a level has been given it passes on. Made up. */
const higher = { village: 0.34, township: 0.26, county: 0.14, prefecture: 0 }

const stepsOf = (random: Random, kind: Kind, foundMs: number): Matter['steps'] => {
  const steps: Matter['steps'] = []
  let atMs = foundMs
  for (const [index, to] of levels.entries()) {
    const from = levels[index - 1]
    if (!from) continue
    const isUrgent = kind === 'border-anomaly'
    const goesOn = from === 'grid' ? manners[kind].climbs / 100 : higher[from] * (isUrgent ? 2 : 1)
    if (!random.chance(goesOn)) break
    atMs += random.lognormal(isUrgent ? 0.3 : 2, 0.8) * hourMs
    if (atMs > foundMs + longestMs) break
    steps.push({ atMs: Math.floor(atMs), from, to })
  }
  return steps
}

/** What becomes of an event that is found at a moment. About one in 25 is not closed within its limit. */
export const tellMatter = (random: Random, foundMs: number): Matter => {
  const kind = random.weighted(kindWeights)
  const steps = stepsOf(random, kind, foundMs)
  const dueMs = foundMs + limitMs
  const [first] = steps
  if (first) return { kind, foundMs, dueMs, leftMs: first.atMs, isClosed: false, steps }
  const workMs = Math.min(random.lognormal(2.6, 1.35) * hourMs, longestMs)
  const leftMs = Math.floor(inOfficeHours(random, foundMs + workMs))
  return { kind, foundMs, dueMs, leftMs, isClosed: true, steps }
}

/** How many are on duty in a cell: by day one or two and seldom nobody, by night in the villages mostly nobody. */
export const dutyOf = (random: Random, isUrban: boolean, isNight: boolean): number => {
  const presence = isNight ? (isUrban ? 0.8 : 0.35) : 0.95
  if (!random.chance(presence)) return 0
  return isNight ? 1 : random.int(1, isUrban ? 3 : 2)
}
