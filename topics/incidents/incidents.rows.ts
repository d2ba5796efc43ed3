import type { Provenance } from '#protocol/figure.ts'
import { type Incident, type Incidents, isOutOfOrder, stepOf, unitsOn } from './incident.ts'
import type { Category, Step } from './incidents.codes.ts'
import { queue } from './incidents.figures.ts'

/** An open incident as a wall shows it: plain values, safe to keep while the state goes on. */
export interface IncidentRow {
  incident: string
  /** the end of its number, as people say it */
  short: string
  level: number
  category: Category
  division: string
  summary: string
  /** lon and lat, degrees; null where an audience may not know */
  place: [number, number] | null
  step: Step
  reportedAt: number
  units: number
  isOutOfOrder: boolean
  sources: readonly string[]
  newest: Provenance['newest']
  simulated: boolean
}

/** The last digits of a number, four at most: 0417 of 20261122-0417. */
export const shortNumber = (incident: string): string =>
  /(\d{1,4})\D*$/.exec(incident)?.[1] ?? incident.slice(-6)

const rowOf = (one: Incident): IncidentRow => {
  const { at, level, category, division, summary = '', lon, lat } = one.report!
  return {
    incident: one.incident,
    short: shortNumber(one.incident),
    level,
    category,
    division,
    summary,
    place: lon === undefined || lat === undefined ? null : [lon, lat],
    step: stepOf(one),
    reportedAt: one.first.get('reported') ?? at,
    units: unitsOn(one).length,
    isOutOfOrder: isOutOfOrder(one),
    sources: Array.from(one.sources).sort(),
    newest: one.newest,
    simulated: one.simulated,
  }
}

/** The queue, gravest first. */
export const queueRows = (state: Incidents): IncidentRow[] => queue(state).map(rowOf)
