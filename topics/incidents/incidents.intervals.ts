import { type Incident, isOpen, type Stamp } from './incident.ts'

/** The intervals of `incident-categories.json`, per incident, to the first unit. */
export const intervals = {
  queue: { from: 'reported', to: 'dispatched' },
  turnout: { from: 'dispatched', to: 'enRoute' },
  travel: { from: 'enRoute', to: 'onScene' },
  response: { from: 'reported', to: 'onScene' },
  /** ends when the first unit clears; with no such stamp, when the incident is closed */
  onSceneTime: { from: 'onScene', to: 'cleared' },
} as const satisfies Record<string, { from: Stamp; to: Stamp }>
export type IntervalName = keyof typeof intervals

export interface IntervalFigures {
  /** null with nothing to compute from: no data is not 0 */
  medianMs: number | null
  p90Ms: number | null
  /** incidents used */
  used: Incident[]
  /** incidents that should have had the interval and lack a stamp, or have stamps in the wrong order */
  missing: number
  outOfOrder: number
}

const endOf = (one: Incident, to: Stamp): number | undefined => {
  const closedAt = one.ended?.how === 'closed' ? one.ended.at : undefined
  return one.first.get(to) ?? (to === 'cleared' ? closedAt : undefined)
}

/** Middle value; with an even number the mean of the two middle ones. */
export const median = (sorted: readonly number[]): number | null => {
  if (sorted.length === 0) return null
  const upper = sorted[Math.floor(sorted.length / 2)]!
  return sorted.length % 2 === 1 ? upper : (sorted[sorted.length / 2 - 1]! + upper) / 2
}

/** 90th percentile by nearest rank: a value that did occur. */
export const p90 = (sorted: readonly number[]): number | null =>
  sorted[Math.ceil(sorted.length * 0.9) - 1] ?? null

/**
 * One interval over incidents. An incident that is still under way and has not reached the end is
 * not due yet; one that ended without an own response (merged, false, passed on, transferred) owes none.
 */
export const measureInterval = (name: IntervalName, some: Iterable<Incident>): IntervalFigures => {
  const { from, to } = intervals[name]
  const durationsMs: number[] = []
  const used: Incident[] = []
  let missing = 0
  let outOfOrder = 0
  for (const one of some) {
    const startAt = one.first.get(from)
    const endAt = endOf(one, to)
    const isDue = endAt !== undefined || (!isOpen(one) && one.ended?.how === 'closed')
    if (!isDue) continue
    if (startAt === undefined || endAt === undefined) missing += 1
    else if (endAt < startAt) outOfOrder += 1
    else {
      durationsMs.push(endAt - startAt)
      used.push(one)
    }
  }
  durationsMs.sort((a, b) => a - b)
  return { medianMs: median(durationsMs), p90Ms: p90(durationsMs), used, missing, outOfOrder }
}
