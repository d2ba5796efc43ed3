import { type GridCells, markedLevel, type Report, townshipOf } from './cell.ts'
import { type Level, rankOf, type Status, statuses } from './grid-cells.codes.ts'
import { surveyOf } from './grid-cells.survey.ts'

/** A cell that is not as it should be, and why. */
export interface WorstRow {
  cell: string
  township: string
  status: Status
  openEvents: number
  overdueEvents: number
  /** the highest level that an event of it went to in the last 24 h, from the township on */
  raisedTo: Level | null
  /** its latest report, ms */
  reportedAt: number
  sources: readonly string[]
  newest: Report['newest']
  simulated: boolean
}

const isMarked = (level: Level | undefined): boolean =>
  level !== undefined && rankOf(level) >= rankOf(markedLevel)

const urgency = (status: Status): number => statuses.indexOf(status)

/** Cells that ask for somebody: overdue, escalated, attention, silent, in this order; in each the heaviest first. */
export const worstCells = (state: GridCells, now: number): WorstRow[] => {
  const { statusByCell, raisedTo } = surveyOf(state, now)
  const rows: WorstRow[] = []
  for (const [cell, status] of statusByCell) {
    if (status === 'normal') continue
    const { openEvents, overdueEvents, at, source, newest, simulated } = state.reports.get(cell)!
    rows.push({
      cell,
      township: townshipOf(cell),
      status,
      openEvents,
      overdueEvents,
      raisedTo: isMarked(raisedTo.get(cell)) ? raisedTo.get(cell)! : null,
      reportedAt: at,
      sources: [source],
      newest,
      simulated,
    })
  }
  const rankOfRow = ({ raisedTo }: WorstRow) => (raisedTo ? rankOf(raisedTo) : 0)
  return rows.sort(
    (a, b) =>
      urgency(a.status) - urgency(b.status) ||
      b.overdueEvents - a.overdueEvents ||
      rankOfRow(b) - rankOfRow(a) ||
      b.openEvents - a.openEvents ||
      (a.cell < b.cell ? -1 : 1),
  )
}
