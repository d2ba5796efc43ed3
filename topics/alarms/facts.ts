/** What rules look at: the little of other topics' events that says whether something holds. */
export interface IncidentFact {
  incident: string
  report: {
    at: number
    id: string
    level: number
    category: string
    division: string
    lon: number
    lat: number
    summary: string
  } | null
  /** since when it has been of the level that it is, ms */
  levelSince: number
  dispatchedAt: number
  endedAt: number
  reopenedAt: number
}
export interface UnitFact {
  unit: string
  startedAt: number
  endedAt: number
  callSign: string
  segment?: string
  dueAt: number
  status: string
  statusAt: number
  silentFrom: number
  silentTo: number
  overdueAt: number
  /** the due time that was missed, ms */
  missedDueAt: number
}
/** Moves up of matters of one kind from one township, by ten seconds of their time (its start, ms). */
export type Hits = Map<number, number>
export interface SinceFact {
  at: number
}
/** Of every fact: what it came with. */
export interface Origin {
  /** who told of it, in the order of their first words */
  sources: Set<string>
  simulated: boolean
  /** arrival of its latest word that was sent as history, ms; 0: none */
  historyAt: number
  /** its latest arrival, ms */
  cameAt: number
}

export interface Facts {
  incidents: Map<string, IncidentFact & Origin>
  units: Map<string, UnitFact & Origin>
  /** when each segment was last patrolled from end to end */
  segments: Map<string, SinceFact & Origin>
  /** units that are on no roster, when they were found, ms */
  strangers: Map<string, SinceFact & Origin>
  /** by source and fault, since when, ms */
  feeds: Map<string, { source: string; fault: string; since: number } & Origin>
  /** by township and kind */
  hits: Map<string, { township: string; kind: string; hits: Hits } & Origin>
  /** grid events that came up to the prefecture */
  risen: Map<string, { event: string; township: string; kind: string; at: number } & Origin>
  clockMs: number
  prunedAtMs: number
}

export const noFacts = (): Facts => ({
  incidents: new Map(),
  units: new Map(),
  segments: new Map(),
  strangers: new Map(),
  feeds: new Map(),
  hits: new Map(),
  risen: new Map(),
  clockMs: 0,
  prunedAtMs: 0,
})

export const isOpen = ({ report, endedAt, reopenedAt }: IncidentFact): boolean =>
  report !== null && (endedAt === 0 || reopenedAt > endedAt)

export const isOnDuty = ({ startedAt, endedAt }: UnitFact): boolean => startedAt > endedAt
