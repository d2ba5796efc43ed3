import { dayOf, hourMs, minuteMs, stampOf, startOfDayMs } from '#mock/clock.ts'
import type { Random } from '#mock/random.ts'
import { townships } from '#mock/townships.ts'

/** A matter as the story needs it; the topic's mock tells it. */
export interface CellMatter {
  kind: string
  foundMs: number
  dueMs: number
  leftMs: number
  isClosed: boolean
  steps: { atMs: number; from: string; to: string }[]
}
/** What the prefecture's governance centres record in a day (about 1,282, April 2025, secondary). */
const mattersPerDay = 1300
const hourWeights = [
  2, 1, 1, 1, 1, 2, 4, 8, 12, 14, 14, 12, 8, 7, 10, 12, 12, 12, 10, 9, 8, 7, 5, 3,
]
/** Matters of a day are over after so many more. */
export const longestDays = 4

/** Days in memory: what one window of the past looks at, and some more. */
const daysKept = 10

/** How many cells fall silent in a day. */
const deathsPerDay = 60

/** What begins on one day. */
export interface Day {
  numbered: { event: string; cell: string; matter: CellMatter }[]
  byCell: Map<string, CellMatter[]>
  deaths: Map<string, { fromMs: number; toMs: number }[]>
}

/** Draws cells: busy townships have more to do than still ones, and some cells have more than their neighbours. */
const drawCells = (random: Random, names: readonly string[]): ((own: Random) => string) => {
  const count = new Map<string, number>()
  for (const name of names) count.set(name.slice(0, 9), (count.get(name.slice(0, 9)) ?? 0) + 1)
  const weights = new Map(townships.map(({ code, weight }) => [code, weight ** 0.7]))
  let sum = 0
  const upTo = names.map((name) => {
    const township = name.slice(0, 9)
    sum += ((weights.get(township) ?? 1) / count.get(township)!) * random.lognormal(1, 0.9)
    return sum
  })
  return (own) => {
    const drawn = own.next() * sum
    return names[upTo.findIndex((limit) => drawn < limit)]!
  }
}

/** The days of a story, told when they are asked for: the day of `atMs` and `count` before it, the latest first. */
export const tellMatters = (
  root: Random,
  names: readonly string[],
  tellMatter: (random: Random, foundMs: number) => CellMatter,
  prefix: string,
): ((atMs: number, count: number) => Day[]) => {
  const draw = drawCells(root.fork('weights'), names)
  const tellDay = (day: number): Day => {
    const random = root.fork(`day-${day}`)
    const hours = hourWeights.map((weight, hour) => [hour, weight] as const)
    const drawn = random.fork('matters')
    const foundAt = Array.from({ length: Math.round(mattersPerDay * (1 + 0.04 * drawn.normal())) })
      .map(() => startOfDayMs(day) + (drawn.weighted(hours) + drawn.next()) * hourMs)
      .sort((one, other) => one - other)
    const numbered = foundAt.map((foundMs, index) => {
      const event = `WG-${prefix}${stampOf(day)}-${String(index + 1).padStart(4, '0')}`
      const own = random.fork(event)
      return { event, cell: draw(own), matter: tellMatter(own, Math.floor(foundMs)) }
    })
    const byCell = Map.groupBy(numbered, ({ cell }) => cell)
    const dying = random.fork('deaths')
    const deaths = Array.from({ length: deathsPerDay }, () => {
      const fromMs = startOfDayMs(day) + dying.int(0, 24 * 60 - 1) * minuteMs
      const lastsMs = Math.min(dying.lognormal(2, 0.9) * hourMs, 30 * hourMs)
      return { cell: dying.pick(names), fromMs, toMs: fromMs + lastsMs }
    })
    return {
      numbered,
      byCell: new Map(Array.from(byCell, ([cell, own]) => [cell, own.map((one) => one.matter)])),
      deaths: Map.groupBy(deaths, ({ cell }) => cell),
    }
  }
  const told = new Map<number, Day>()
  const dayAt = (day: number): Day => {
    const known = told.get(day) ?? tellDay(day)
    told.set(day, known)
    if (told.size > daysKept) told.delete(Math.min(...told.keys()))
    return known
  }
  return (atMs, count) => Array.from({ length: count + 1 }, (_, back) => dayAt(dayOf(atMs) - back))
}
