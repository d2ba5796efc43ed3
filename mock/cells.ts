import { dayMs, dayOf, hourMs, hourOf, minuteMs, secondMs, startOfDayMs } from '#mock/clock.ts'
import { type CellMatter, longestDays, tellMatters } from '#mock/matters.ts'
import { createRandom, type Random } from '#mock/random.ts'
import type { Line, Story } from '#mock/story.ts'
import { townships } from '#mock/townships.ts'

/** Raise it when the same seed would tell other reports: see `storyVersion` of the calls. */
export const cellStoryVersion = 1

export interface CellManners {
  tellMatter(random: Random, foundMs: number): CellMatter
  dutyOf(random: Random, isUrban: boolean, isNight: boolean): number
}

/** Only so much of the past is told: windows of the wall reach back 24 h. */
const toldMs = 26 * hourMs
/** What is older than this is told by every eighth report, so that a day is no 300,000 lines. */
const allToldMs = 2 * hourMs
const toldOfEight = 8

/** The prefecture. */
const division = '5328'

/** Share of the cells that never say a word. */
const muteShare = 0.003

interface Cell {
  name: string
  isUrban: boolean
  everyMs: number
  phaseMs: number
  isMute: boolean
}
const cellOf = (random: Random, name: string): Cell => {
  const everyMs = random.pick([10, 12, 15, 15, 15]) * minuteMs
  return {
    name,
    isUrban: townships.some(({ code, urban }) => urban && name.startsWith(code)),
    everyMs,
    phaseMs: random.int(0, everyMs / secondMs - 1) * secondMs,
    isMute: random.chance(muteShare),
  }
}

/** The cells of the prefecture, each reporting in its own rhythm, and the matters that go up. */
export const tellCells = (
  seed: number,
  names: readonly string[],
  { tellMatter, dutyOf }: CellManners,
): Story => {
  const root = createRandom(seed).fork('cells')
  const prefix = seed === 1 ? '' : `S${seed}-`
  const cells = names.map((name) => cellOf(root.fork(name), name))
  const listed = Array.from(
    Map.groupBy(names, (name) => name.slice(0, 9)),
    ([township, some]) => ({ township, cells: some.map((name) => name.slice(10)) }),
  )
  const daysBefore = tellMatters(root, names, tellMatter, prefix)

  const isDead = ({ name, isMute }: Cell, atMs: number): boolean =>
    isMute ||
    daysBefore(atMs, 2).some(({ deaths }) =>
      deaths.get(name)?.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs),
    )

  const bodyOf = ({ name, isUrban }: Cell, atMs: number): Line['body'] => {
    const hour = hourOf(atMs)
    const isNight = hour < 8 || hour >= 20
    // the night after midnight belongs to the shift that began the evening before
    const shift = `${dayOf(atMs - 8 * hourMs)}-${isNight ? 'night' : 'day'}`
    const midnight = startOfDayMs(dayOf(atMs))
    const matters = daysBefore(atMs, longestDays).flatMap(({ byCell }) => byCell.get(name) ?? [])
    const open = matters.filter(({ foundMs, leftMs }) => foundMs <= atMs && atMs < leftMs)
    return {
      cell: name,
      onDuty: dutyOf(root.fork(`${name}-${shift}`), isUrban, isNight),
      openEvents: open.length,
      overdueEvents: open.filter(({ dueMs }) => dueMs <= atMs).length,
      closedToday: matters.filter(
        ({ isClosed, leftMs }) => isClosed && leftMs >= midnight && leftMs <= atMs,
      ).length,
    }
  }

  const reports = (cell: Cell, fromMs: number, toMs: number): Line[] => {
    const lines: Line[] = []
    const first = Math.floor((fromMs - cell.phaseMs) / cell.everyMs) + 1
    for (let turn = first; cell.phaseMs + turn * cell.everyMs <= toMs; turn++) {
      const at = cell.phaseMs + turn * cell.everyMs
      if (at <= toMs - allToldMs && turn % toldOfEight !== 0) continue
      if (isDead(cell, at)) continue
      const id = `cells${cellStoryVersion}:${prefix}${cell.name}:${turn}`
      lines.push({ id, type: 'cell.reported', at, source: 'mock-grid', body: bodyOf(cell, at) })
    }
    return lines
  }

  const escalations = (fromMs: number, toMs: number): Line[] => {
    const days = Math.ceil((toMs - fromMs) / dayMs) + longestDays
    return daysBefore(toMs, days)
      .flatMap(({ numbered }) => numbered)
      .flatMap(({ event, cell, matter: { kind, steps } }) =>
        steps.map(({ atMs, from, to }) => ({
          id: `cells${cellStoryVersion}:${event}:${to}`,
          type: 'cell.escalated',
          at: atMs,
          source: 'mock-grid',
          body: { cell, event, kind, from, to },
        })),
      )
      .filter(({ at }) => at > fromMs && at <= toMs)
  }

  /** The list of the cells comes every midnight, and stands for the day. */
  const lists = (fromMs: number, toMs: number): Line[] => {
    const first = dayOf(fromMs) + 1
    return Array.from({ length: Math.max(0, dayOf(toMs) - first + 1) }, (_, n) => ({
      id: `cells${cellStoryVersion}:${prefix}list:${first + n}`,
      type: 'cell.listed',
      at: startOfDayMs(first + n),
      source: 'mock-grid',
      body: { division, townships: listed },
    }))
  }

  const between = (fromMs: number, toMs: number): Line[] => {
    const sinceMs = Math.max(fromMs, toMs - toldMs)
    return [
      ...lists(sinceMs, toMs),
      ...cells.flatMap((cell) => reports(cell, sinceMs, toMs)),
      ...escalations(sinceMs, toMs),
    ].sort((one, other) => one.at - other.at)
  }
  // the list of this day too, however little else is missing
  const wholeSince = (fromMs: number, toMs: number): Line[] => [
    ...(fromMs >= startOfDayMs(dayOf(toMs)) ? lists(startOfDayMs(dayOf(toMs)) - 1, toMs) : []),
    ...between(fromMs, toMs),
  ]
  return { between, wholeSince }
}
