import { dayMs, minuteMs } from '#protocol/beijing.ts'
import type { Provenance } from '#protocol/figure.ts'
import { type Kind, type Level, rankOf, type Status } from './grid-cells.codes.ts'

/** How often a cell reports, at the least. */
export const reportEveryMs = 15 * minuteMs
/** Two reports missed: nobody knows any more how the cell stands. */
export const silentAfterMs = 2 * reportEveryMs
/** With no report for this long there is nothing to say of a cell, not even how it stood. */
export const unknownAfterMs = dayMs
/** Open events from which a cell is worth a look. */
export const attentionFrom = 3
/** What goes up to this level or higher marks its cell; from the grid to its village is everyday work. */
export const markedLevel: Level = 'township'

/** Who told something, and when. */
export interface Kept {
  /** effective time, ms */
  at: number
  source: string
  simulated: boolean
  newest: { id: string; at: number; seenAt: number }
}

/** The latest report of a cell. */
export interface Report extends Kept {
  /** people */
  onDuty: number
  openEvents: number
  overdueEvents: number
  closedToday: number
}

/** An event that was moved up to a level. */
export interface Escalation extends Kept {
  cell: string
  event: string
  kind: Kind
  from: Level
  to: Level
}

/** Which cells there are in a division: all of them, as somebody has listed them. */
export interface Listing extends Kept {
  /** by township: the numbers of its cells */
  townships: Map<string, Set<string>>
}

export interface GridCells {
  reports: Map<string, Report>
  /** by cell, event and the level that it went to */
  escalations: Map<string, Escalation>
  /** by division; none of them is older than one of a wider division */
  listings: Map<string, Listing>
  /** events taken in so far: together with the state's identity it tells one content from another */
  eventsFolded: number
  /** by source: its newest arrival, ms */
  heardAt: Map<string, number>
  /** the event that arrived last */
  newest: Provenance['newest']
  /** the newest arrival, ms: the only clock that a fold has */
  clockMs: number
  prunedAtMs: number
}

export const townshipOf = (cell: string): string => cell.slice(0, 9)

export const isKnown = (report: Report | undefined, now: number): report is Report =>
  report !== undefined && report.at > now - unknownAfterMs

/**
 * How a cell stands at `now`, by the first rule that fits: unknown with no report for 24 h; silent with none for
 * 30 min; overdue with an event past its limit; escalated when one went up to the township or higher in the last 24 h;
 * attention from 3 open events on; else normal. `raisedTo` is the highest level of its last 24 h.
 */
export const statusOf = (
  report: Report | undefined,
  raisedTo: Level | undefined,
  now: number,
): Status => {
  if (!isKnown(report, now)) return 'unknown'
  if (report.at <= now - silentAfterMs) return 'silent'
  if (report.overdueEvents > 0) return 'overdue'
  if (raisedTo && rankOf(raisedTo) >= rankOf(markedLevel)) return 'escalated'
  return report.openEvents >= attentionFrom ? 'attention' : 'normal'
}
