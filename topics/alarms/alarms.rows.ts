import {
  type Alarm,
  type Alarms,
  isListed,
  isUnacked,
  type Standing,
  sourcesOf,
  standingOf,
} from './alarm.ts'
import type { Kind, Owner, Priority, RuleId } from './alarms.codes.ts'

/** An open alarm as a wall shows it: plain values, safe to keep while the state goes on. */
export interface AlarmRow {
  alarm: string
  priority: Priority
  /** null where an audience may not know */
  rule: RuleId | null
  /** the end of a number, as people say it; a unit, a segment or a source by its name */
  subject: string
  /** what it is about; of a unit this is all that a visitor is told */
  of: Kind | null
  category: string | null
  division: string | null
  summary: string
  owner: Owner | null
  standing: Standing
  isUnacked: boolean
  isEscalated: boolean
  ackedBy: string | null
  /** how many stand under it */
  under: number
  sinceMs: number
  shelf: { until: number; reason: string; by: string } | null
  sources: readonly string[]
  /** the event that raised it: what came later was not told by its sources */
  newest: Alarm['raising']
  simulated: boolean
}

const shortOf = (subject: string, of: string): string =>
  of === 'incident' ? (/(\d{1,4})\D*$/.exec(subject)?.[1] ?? subject) : subject

const rowOf = (one: Alarm, under: number): AlarmRow => {
  const { told, shown } = one
  // a surge and a matter are known by their place and kind, not by a number
  const isNamed = told !== undefined && told.of !== 'township'
  return {
    alarm: one.alarm,
    priority: one.priority,
    rule: told?.rule ?? null,
    subject: isNamed ? shortOf(told.subject, told.of) : '',
    of: (told ?? shown)?.of ?? null,
    category: (told ?? shown)?.category ?? null,
    division: (told ?? shown)?.division ?? null,
    summary: told?.summary ?? '',
    owner: told?.owner ?? null,
    standing: standingOf(one),
    isUnacked: isUnacked(one),
    isEscalated: one.isEscalated && one.ackedAt === 0 && one.clearedAt === 0,
    ackedBy: one.ackedBy ?? null,
    under,
    sinceMs: told?.since ?? one.raisedAt,
    shelf: one.shelf ?? null,
    sources: sourcesOf(one),
    newest: one.raising,
    simulated: one.simulated,
  }
}

/** Gravest first; of these what nobody has taken on, then the newest. */
const byWeight = (a: Alarm, b: Alarm): number =>
  a.priority - b.priority ||
  Number(a.ackedAt > 0) - Number(b.ackedAt > 0) ||
  Number(a.clearedAt > 0) - Number(b.clearedAt > 0) ||
  b.announcedAt - a.announcedAt ||
  (a.alarm < b.alarm ? -1 : 1)

const rowsOf = ({ open }: Alarms, matches: (one: Alarm) => boolean): AlarmRow[] => {
  const under = new Map<string, number>()
  for (const { parent } of open.values()) {
    if (parent !== undefined) under.set(parent, (under.get(parent) ?? 0) + 1)
  }
  return Array.from(open.values())
    .filter(matches)
    .sort(byWeight)
    .map((one) => rowOf(one, under.get(one.alarm) ?? 0))
}

/** Of the gravest the one that has waited longest for somebody: it stays first while others come. */
const firstToAnswer = (rows: readonly AlarmRow[]): AlarmRow | undefined =>
  rows
    .filter(({ priority, isUnacked: waits }) => waits && priority === rows[0]?.priority)
    .sort(
      (a, b) =>
        Number(a.standing === 'returned') - Number(b.standing === 'returned') ||
        a.sinceMs - b.sinceMs,
    )[0]

/**
 * What must be answered now: every alarm of priority 1 by itself, then those of priority 2. First comes the one whose
 * response is shown.
 */
export const zoneRows = (state: Alarms): AlarmRow[] => {
  const rows = rowsOf(state, (one) => isListed(one) && one.priority <= 2)
  const first = firstToAnswer(rows)
  return first ? [first, ...rows.filter((row) => row !== first)] : rows
}

/** Priorities 2 and 3, then what is on the shelf. */
export const listRows = (state: Alarms): AlarmRow[] => [
  ...rowsOf(state, (one) => isListed(one) && one.priority >= 2),
  ...rowsOf(state, (one) => one.parent === undefined && one.shelf !== undefined),
]

/** By what does not change when somebody answers: no row moves away under his hand. */
const byAge = (a: AlarmRow, b: AlarmRow): number =>
  Number(a.shelf !== null) - Number(b.shelf !== null) ||
  a.priority - b.priority ||
  a.sinceMs - b.sinceMs ||
  (a.alarm < b.alarm ? -1 : 1)

/** All that can be answered to, the gravest and longest first; what is on the shelf comes last. */
export const sheetRows = (state: Alarms): AlarmRow[] =>
  rowsOf(state, (one) => one.parent === undefined).sort(byAge)
