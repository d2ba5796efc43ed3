import { dayMs, midnightOf, toMinute } from '#protocol/beijing.ts'
import type { Provenance } from '#protocol/figure.ts'
import { provenanceOf } from '#protocol/provenance.ts'
import { type Told, toldByPart } from '#protocol/small-counts.ts'
import type { Select } from '#protocol/topic.ts'
import type { GridCells } from './cell.ts'
import type { Status } from './grid-cells.codes.ts'
import { shareFigures } from './grid-cells.shares.ts'
import { hasList, hasWholeList, type Sum, type Survey, surveyOf } from './grid-cells.survey.ts'
import { partsOf } from './sum-parts.ts'

const hasData = (state: GridCells): boolean => state.newest !== null

const notHeard = (survey: Survey): Record<string, number> =>
  hasWholeList(survey) ? { unknown: survey.byStatus.unknown.value } : {}
const notCurrent = (survey: Survey): Record<string, number> => ({
  ...notHeard(survey),
  silent: survey.byStatus.silent.value,
})

/** Those on the list, and those that report without being on it. */
const cellsOf = ({ listed, unlisted }: Survey): number => listed.value + unlisted.value

const notReportedToday = (survey: Survey): Record<string, number> =>
  hasWholeList(survey) ? { withoutReportToday: cellsOf(survey) - survey.reportedToday.value } : {}

/** Townships without a list, where others have one. */
const lackOf = (survey: Survey): Record<string, number> =>
  hasList(survey) && !hasWholeList(survey) ? { withoutList: survey.withoutList } : {}

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

/** Of the list of cells: no number without one, and of the whole none while a township lacks it. */
const ofList =
  (
    name: string,
    isKnown: (survey: Survey) => boolean,
    numberOf: (survey: Survey) => number,
    restsOn: (survey: Survey) => readonly Sum[],
  ): Select<GridCells> =>
  (state, now) => {
    const survey = surveyOf(state, now)
    const parts = hasList(survey) ? [survey.listed, ...restsOn(survey)].flatMap(partsOf) : []
    return {
      value: isKnown(survey) ? numberOf(survey) : null,
      unit: 'count',
      provenance: provenanceOf(`grid-cells.rule.${name}`, null, parts, lackOf(survey)),
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
    notReportedToday,
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
  cells: ofList('cells', hasWholeList, cellsOf, ({ unlisted }) => [unlisted]),
  // rests on the lists alone, and so says whose they are
  listed: ofList(
    'listed',
    hasList,
    ({ listed }) => listed.value,
    () => [],
  ),
  unlisted: ofList(
    'unlisted',
    hasList,
    ({ unlisted }) => unlisted.value,
    ({ unlisted }) => [unlisted],
  ),
  normal: ofStatus('normal'),
  attention: ofStatus('attention'),
  overdue: ofStatus('overdue'),
  escalated: ofStatus('escalated'),
  silent: ofStatus('silent'),
  unknown: ofList(
    'unknown',
    hasWholeList,
    ({ byStatus }) => byStatus.unknown.value,
    // what is said of those that were not heard rests on all that were
    ({ byStatus }) => Object.values(byStatus),
  ),
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
