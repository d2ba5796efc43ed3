import { dayMs, midnightOf } from '#protocol/beijing.ts'
import type { Tally } from '#protocol/figure.ts'
import { townships } from './built-in-cells.ts'
import {
  type Escalation,
  type GridCells,
  isKnown,
  type Kept,
  statusOf,
  townshipOf,
} from './cell.ts'
import { type Level, levels, rankOf, type Status, statuses } from './grid-cells.codes.ts'
import { type Roster, rosterOf } from './roster.ts'

/** What was counted, by source. */
export interface Sum {
  value: number
  bySource: Map<string, Tally>
}
/** Where a township's events of today ended up. */
export type Reached = Record<Level, Sum>

/** Everything that the figures need, from one walk over the cells. */
export interface Survey {
  /** of the cells that were heard in the last 24 h; one that is not in it is unknown */
  statusByCell: Map<string, Status>
  byStatus: Record<Status, Sum>
  /** the cells that there are, as far as somebody has listed them */
  roster: Roster
  /** of what there is a list: codes of divisions */
  divisions: readonly string[]
  /** townships of which there is none */
  withoutList: number
  /** how many cells are listed, by the lists that say so */
  listed: Sum
  /** cells that report without being listed, where there is a list */
  unlisted: Sum
  /** cells whose report is not older than 30 min */
  current: Sum
  staffed: Sum
  openEvents: Sum
  overdueEvents: Sum
  /** of the reports of today only */
  closedToday: Sum
  reportedToday: Sum
  /** events that went up in the last 24 h, once for each level they went to */
  escalations: Sum
  /** by cell: the highest level that an event of it went to in the last 24 h */
  raisedTo: Map<string, Level>
  reachedByTownship: Map<string, Reached>
}

type Counted = Pick<Kept, 'source' | 'simulated' | 'newest'>

const newSum = (): Sum => ({ value: 0, bySource: new Map() })
const newReached = (): Reached =>
  Object.fromEntries(levels.map((level) => [level, newSum()])) as Reached

const add = (sum: Sum, value: number, { source, simulated, newest }: Counted): void => {
  sum.value += value
  let tally = sum.bySource.get(source)
  if (!tally) {
    tally = { count: 0, simulated: 0, newest: null }
    sum.bySource.set(source, tally)
  }
  tally.count += 1
  if (simulated) tally.simulated += 1
  if (!tally.newest || newest.seenAt > tally.newest.seenAt) tally.newest = newest
}

/** The step that went highest, of each key. */
const highest = (
  steps: Iterable<Escalation>,
  keyOf: (step: Escalation) => string,
): Map<string, Escalation> => {
  const byKey = new Map<string, Escalation>()
  for (const step of steps) {
    const known = byKey.get(keyOf(step))
    if (!known || rankOf(step.to) > rankOf(known.to)) byKey.set(keyOf(step), step)
  }
  return byKey
}

const isCurrent = (status: Status): boolean => status !== 'unknown' && status !== 'silent'

const liesIn = (divisions: readonly string[], code: string): boolean =>
  divisions.some((division) => code.startsWith(division))

/** Without a list nobody knows of any cell. A list that leaves nothing on it is none. */
export const hasList = ({ listed }: Survey): boolean => listed.value > 0

/** Only with a list of every township does anybody know how many cells there are, and how many do not report. */
export const hasWholeList = (survey: Survey): boolean => hasList(survey) && survey.withoutList === 0

/** Whether a list speaks of where the cell lies; when all townships have one, they do of whatever else reports. */
const isCovered = (survey: Survey, cell: string): boolean =>
  hasWholeList(survey) || (hasList(survey) && liesIn(survey.divisions, cell))

const makeSurvey = (state: GridCells, now: number): Survey => {
  const divisions = Array.from(state.listings.keys())
  const survey: Survey = {
    statusByCell: new Map(),
    byStatus: Object.fromEntries(
      statuses.map((status) => [status, newSum()]),
    ) as Survey['byStatus'],
    roster: rosterOf(state),
    divisions,
    withoutList: townships.filter((code) => !liesIn(divisions, code)).length,
    listed: newSum(),
    unlisted: newSum(),
    current: newSum(),
    staffed: newSum(),
    openEvents: newSum(),
    overdueEvents: newSum(),
    closedToday: newSum(),
    reportedToday: newSum(),
    escalations: newSum(),
    raisedTo: new Map(),
    reachedByTownship: new Map(townships.map((code) => [code, newReached()])),
  }
  const reachedIn = (township: string): Reached => {
    const known = survey.reachedByTownship.get(township) ?? newReached()
    survey.reachedByTownship.set(township, known)
    return known
  }
  const midnight = midnightOf(now)

  const lastDay = Array.from(state.escalations.values()).filter(({ at }) => at > now - dayMs)
  for (const step of lastDay) add(survey.escalations, 1, step)
  const today = lastDay.filter(({ at }) => at >= midnight)
  for (const step of highest(today, ({ cell, event }) => `${cell}/${event}`).values()) {
    add(reachedIn(townshipOf(step.cell))[step.to], 1, step)
  }

  for (const { cell, to } of highest(lastDay, ({ cell }) => cell).values()) {
    survey.raisedTo.set(cell, to)
  }
  for (const listing of survey.roster.listings) add(survey.listed, 0, listing)
  survey.listed.value = survey.roster.cells.size
  let listedKnown = 0
  for (const [cell, report] of state.reports) {
    if (!isKnown(report, now)) continue
    const status = statusOf(report, survey.raisedTo.get(cell), now)
    survey.statusByCell.set(cell, status)
    add(survey.byStatus[status], 1, report)
    if (survey.roster.cells.has(cell)) listedKnown += 1
    else if (isCovered(survey, cell)) add(survey.unlisted, 1, report)
    add(survey.openEvents, report.openEvents, report)
    add(survey.overdueEvents, report.overdueEvents, report)
    if (isCurrent(status)) {
      add(survey.current, 1, report)
      if (report.onDuty > 0) add(survey.staffed, 1, report)
    }
    if (report.at >= midnight && report.at < midnight + dayMs) {
      add(survey.closedToday, report.closedToday, report)
      add(survey.reportedToday, 1, report)
      add(reachedIn(townshipOf(cell)).grid, report.closedToday, report)
    }
  }
  survey.byStatus.unknown.value = survey.listed.value - listedKnown
  return survey
}

/** Two dozen figures ask for the same walk: the last one of each state is kept as long as nothing has changed. */
const surveys = new WeakMap<GridCells, { eventsFolded: number; now: number; survey: Survey }>()

/** The survey of a state at `now`, ms. */
export const surveyOf = (state: GridCells, now: number): Survey => {
  const known = surveys.get(state)
  if (known && known.now === now && known.eventsFolded === state.eventsFolded) return known.survey
  const survey = makeSurvey(state, now)
  surveys.set(state, { eventsFolded: state.eventsFolded, now, survey })
  return survey
}

/** Whether there is a list of the cells around it, so that it should be there. */
export const isOffList = (survey: Survey, cell: string): boolean =>
  isCovered(survey, cell) && !survey.roster.cells.has(cell)

/** How a cell is drawn: as nothing where it is off the list and does not report, since there is no such cell. */
export const drawnAs = (survey: Survey, cell: string): Status =>
  survey.statusByCell.get(cell) ?? (isOffList(survey, cell) ? 'normal' : 'unknown')
