import { dayMs, hourMs, minuteMs, toHour, toMinute } from '#protocol/beijing.ts'
import type { Priority } from './alarms.codes.ts'

export const tenMinutesMs = 10 * minuteMs
/** More than so many in ten minutes are a flood; with fewer than so many it is over. */
export const floodAbove = 10
export const floodEndsBelow = 5
/** A day of ten-minute windows, and the one that runs. */
const keptMs = dayMs + tenMinutesMs
const floodsAtMost = 200

/** How much is asked of whoever answers, over the last day. */
export interface Load {
  /** by minute (its start, ms): alarms that were told, by priority, and all that were raised, told or not */
  minutes: Map<number, { told: [number, number, number]; raised: number }>
  /** by hour (its start, ms) and what it was about: how often it was told */
  hours: Map<number, Map<string, number>>
  /** when floods began and ended, ms; 0: it goes on */
  floods: { fromMs: number; toMs: number }[]
}

export const noLoad = (): Load => ({ minutes: new Map(), hours: new Map(), floods: [] })

/** Counts an alarm; `isTold`: it stands for itself. */
export const count = (
  load: Load,
  at: number,
  priority: Priority,
  key: string,
  isTold: boolean,
): void => {
  const minute = toMinute(at)
  const one = load.minutes.get(minute) ?? { told: [0, 0, 0], raised: 0 }
  load.minutes.set(minute, one)
  one.raised += 1
  if (!isTold) return
  one.told[priority - 1]! += 1
  const hour = toHour(at)
  const keys = load.hours.get(hour) ?? new Map<string, number>()
  load.hours.set(hour, keys)
  keys.set(key, (keys.get(key) ?? 0) + 1)
}

export const prune = (load: Load, nowMs: number): void => {
  for (const minute of load.minutes.keys()) {
    if (minute < nowMs - keptMs) load.minutes.delete(minute)
  }
  for (const hour of load.hours.keys()) if (hour < nowMs - dayMs - hourMs) load.hours.delete(hour)
  load.floods = load.floods
    .filter(({ toMs }) => toMs === 0 || toMs >= nowMs - dayMs)
    .slice(-floodsAtMost)
}

export const beganFlood = (load: Load, at: number): void => {
  if (!isFlood(load)) load.floods.push({ fromMs: at, toMs: 0 })
}
export const endedFlood = (load: Load, at: number): void => {
  const last = load.floods.at(-1)
  if (last?.toMs === 0) last.toMs = Math.max(at, last.fromMs)
}
export const isFlood = (load: Load): boolean => load.floods.at(-1)?.toMs === 0

/** Told in a span, by priority. */
export const toldIn = (load: Load, fromMs: number, toMs: number): [number, number, number] => {
  const sum: [number, number, number] = [0, 0, 0]
  for (const [minute, { told }] of load.minutes) {
    if (minute < fromMs || minute >= toMs) continue
    for (const n of [0, 1, 2] as const) sum[n] += told[n]
  }
  return sum
}

/** Raised in a span, told or not: what makes a flood. */
export const raisedIn = (load: Load, fromMs: number, toMs: number): number => {
  let sum = 0
  for (const [minute, { raised }] of load.minutes) {
    if (minute >= fromMs && minute < toMs) sum += raised
  }
  return sum
}

/** What share of a span was a flood. */
export const floodShare = (load: Load, fromMs: number, toMs: number): number => {
  let floodMs = 0
  for (const flood of load.floods) {
    const until = flood.toMs === 0 ? toMs : flood.toMs
    floodMs += Math.max(0, Math.min(until, toMs) - Math.max(flood.fromMs, fromMs))
  }
  return floodMs / (toMs - fromMs)
}

/** What share of all that was told in a span the ten most frequent had, and how many that was. */
export const topTen = (load: Load, fromMs: number): { share: number | null; all: number } => {
  const sums = new Map<string, number>()
  for (const [hour, keys] of load.hours) {
    if (hour < toHour(fromMs)) continue
    for (const [key, n] of keys) sums.set(key, (sums.get(key) ?? 0) + n)
  }
  const counts = Array.from(sums.values()).sort((a, b) => b - a)
  const all = counts.reduce((sum, n) => sum + n, 0)
  const top = counts.slice(0, 10).reduce((sum, n) => sum + n, 0)
  return { share: all === 0 ? null : top / all, all }
}
