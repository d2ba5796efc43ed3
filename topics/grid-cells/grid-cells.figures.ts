import { dayMs, midnightOf, toMinute } from '#protocol/beijing.ts'
import type { Figure, Provenance } from '#protocol/figure.ts'
import { type Part, provenanceOf } from '#protocol/provenance.ts'
import type { Select } from '#protocol/topic.ts'
import type { GridCells } from './cell.ts'
import { cellCounts } from './cells.codes.ts'
import { type Level, levels, type Status } from './grid-cells.codes.ts'
import { type Reached, type Sum, type Survey, surveyOf } from './grid-cells.survey.ts'

const hasData = (state: GridCells): boolean => state.newest !== null

const partsOf = ({ bySource }: Sum): Part[] =>
  Array.from(bySource, ([source, { count, simulated, newest }]) => ({
    sources: [source],
    count,
    simulated: simulated > 0,
    newest,
  }))

/** What is said of cells that were not heard rests on all that was. */
const wholeParts = (state: GridCells, { byStatus }: Survey): Part[] => {
  const parts = Object.values(byStatus).flatMap(partsOf)
  if (parts.length > 0 || !hasData(state)) return parts
  return [{ sources: state.heardAt.keys(), count: 1, simulated: false, newest: state.newest }]
}

const notHeard = ({ byStatus }: Survey): Record<string, number> => ({
  unknown: byStatus.unknown.value,
})
const notCurrent = (survey: Survey): Record<string, number> => ({
  ...notHeard(survey),
  silent: survey.byStatus.silent.value,
})

const lastDay = (now: number): Provenance['window'] => ({
  fromMs: toMinute(now) - dayMs,
  toMs: toMinute(now),
})
const today = (now: number): Provenance['window'] => ({
  fromMs: midnightOf(now),
  toMs: toMinute(now),
})

const countOf =
  (
    name: string,
    sumOf: (survey: Survey) => Sum,
    window: (now: number) => Provenance['window'] = () => null,
    excludedOf: (survey: Survey) => Record<string, number> = () => ({}),
  ): Select<GridCells> =>
  (state, now) => {
    const survey = surveyOf(state, now)
    const sum = sumOf(survey)
    return {
      value: hasData(state) ? sum.value : null,
      unit: 'count',
      provenance: provenanceOf(
        `grid-cells.rule.${name}`,
        window(now),
        partsOf(sum),
        hasData(state) ? excludedOf(survey) : {},
      ),
    }
  }

const ofStatus = (status: Exclude<Status, 'unknown'>) =>
  countOf(status, ({ byStatus }) => byStatus[status])

/** Of all listed cells, so it rests on every report that there is. */
const ofAll =
  (name: string, numberOf: (survey: Survey) => number): Select<GridCells> =>
  (state, now) => {
    const survey = surveyOf(state, now)
    return {
      value: hasData(state) ? numberOf(survey) : null,
      unit: 'count',
      provenance: provenanceOf(`grid-cells.rule.${name}`, null, wholeParts(state, survey)),
    }
  }

const staffedShare: Select<GridCells> = (state, now) => {
  const survey = surveyOf(state, now)
  const { staffed, current } = survey
  return {
    value: current.value > 0 ? staffed.value / current.value : null,
    unit: 'share',
    provenance: provenanceOf(
      'grid-cells.rule.staffedShare',
      null,
      partsOf(current),
      hasData(state) ? notCurrent(survey) : {},
    ),
  }
}

const staffed: Select<GridCells> = (state, now) => {
  const survey = surveyOf(state, now)
  const counted = countOf('staffed', () => survey.staffed, undefined, notCurrent)(state, now)
  // an audience that may not know who is on duty sees no number, not 0
  return survey.current.value > 0 ? counted : { ...counted, value: null }
}

const closedToday: Select<GridCells> = (state, now) => {
  const { reportedToday } = surveyOf(state, now)
  const counted = countOf(
    'closedToday',
    (survey) => survey.closedToday,
    today,
    (survey) => ({
      withoutReportToday: survey.cells - survey.reportedToday.value,
    }),
  )(state, now)
  return reportedToday.value > 0 ? counted : { ...counted, value: null }
}

/** The share of today's events that ended up at a level; `null` while none ended up anywhere. */
const shareFigure = (
  rule: string,
  level: Level,
  townships: readonly Reached[],
  now: number,
): Figure => {
  const sumAt = (one: Level) => townships.reduce((sum, reached) => sum + reached[one].value, 0)
  const total = levels.reduce((sum, one) => sum + sumAt(one), 0)
  return {
    value: total > 0 ? sumAt(level) / total : null,
    unit: 'share',
    provenance: provenanceOf(
      `grid-cells.rule.${rule}`,
      today(now),
      townships.flatMap((reached) => levels.flatMap((one) => partsOf(reached[one]))),
    ),
  }
}

const levelShares = {
  gridShare: 'grid',
  villageShare: 'village',
  townshipShare: 'township',
  countyShare: 'county',
  prefectureShare: 'prefecture',
} as const satisfies Record<string, Level>

const shares = Object.fromEntries(
  Object.entries(levelShares).map(([name, level]): [string, Select<GridCells>] => [
    name,
    (state, now) =>
      shareFigure(name, level, Array.from(surveyOf(state, now).reachedByTownship.values()), now),
  ]),
) as Record<keyof typeof levelShares, Select<GridCells>>

/** The name of a township's figure: `gridShare532801003`. */
export const gridShareName = (township: string): string => `gridShare${township}`

const gridSharesByTownship = Object.fromEntries(
  Object.keys(cellCounts).map((township): [string, Select<GridCells>] => [
    gridShareName(township),
    (state, now) =>
      shareFigure(
        'gridShareOfTownship',
        'grid',
        [surveyOf(state, now).reachedByTownship.get(township)!],
        now,
      ),
  ]),
)

export const gridCellFigures: Record<string, Select<GridCells>> = {
  cells: ofAll('cells', ({ cells }) => cells),
  normal: ofStatus('normal'),
  attention: ofStatus('attention'),
  overdue: ofStatus('overdue'),
  escalated: ofStatus('escalated'),
  silent: ofStatus('silent'),
  unknown: ofAll('unknown', ({ byStatus }) => byStatus.unknown.value),
  staffed,
  staffedShare,
  openEvents: countOf('openEvents', ({ openEvents }) => openEvents, undefined, notHeard),
  overdueEvents: countOf('overdueEvents', (survey) => survey.overdueEvents, undefined, notHeard),
  closedToday,
  escalations: countOf('escalations', ({ escalations }) => escalations, lastDay),
  ...shares,
  ...gridSharesByTownship,
}
