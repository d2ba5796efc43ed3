import { dayMs, midnightOf, toMinute } from '#protocol/beijing.ts'
import type { Provenance } from '#protocol/figure.ts'
import { type Part, provenanceOf } from '#protocol/provenance.ts'
import { type Told, toldByPart } from '#protocol/small-counts.ts'
import type { Select } from '#protocol/topic.ts'
import type { GridCells } from './cell.ts'
import type { Status } from './grid-cells.codes.ts'
import { shareFigures } from './grid-cells.shares.ts'
import { type Sum, type Survey, surveyOf } from './grid-cells.survey.ts'
import { partsOf } from './sum-parts.ts'

const hasData = (state: GridCells): boolean => state.newest !== null

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
  // with no report that is new enough, nobody knows: no number, not 0
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

/** A count of events, which says of how many it tells: each is somebody's matter. */
const ofEvents =
  (count: Select<GridCells>, toldOf: (survey: Survey) => Told): Select<GridCells> =>
  (state, now) => {
    const counted = count(state, now)
    return counted.value === null ? counted : { ...counted, ...toldOf(surveyOf(state, now)) }
  }

/** Events past their limit are part of those that are open. */
const openAndOverdue = ({ openEvents, overdueEvents }: Survey) =>
  toldByPart(openEvents.value, overdueEvents.value)

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
  openEvents: ofEvents(
    countOf('openEvents', ({ openEvents }) => openEvents, undefined, notHeard),
    (survey) => openAndOverdue(survey).whole,
  ),
  overdueEvents: ofEvents(
    countOf('overdueEvents', (survey) => survey.overdueEvents, undefined, notHeard),
    (survey) => openAndOverdue(survey).part,
  ),
  closedToday: ofEvents(closedToday, (survey) => ({ base: survey.closedToday.value })),
  escalations: ofEvents(
    countOf('escalations', ({ escalations }) => escalations, lastDay),
    ({ escalations }) => ({ base: escalations.value }),
  ),
  ...shareFigures,
}
