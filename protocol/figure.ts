/** Where a figure comes from: enough to answer "says who?" without asking anybody. */
export interface Provenance {
  /** key of the sentence that states the rule, in the topic's words: `incidents.rule.open` */
  rule: string
  /** the sources whose events are counted in it, sorted */
  sources: string[]
  /** the span of time it looks at, ms; `null` for "whatever is live now" */
  window: { fromMs: number; toMs: number } | null
  /** how many events or records it was computed from; null where the audience may not know */
  count: number | null
  /** records that were in the window and could not be used, by reason */
  excluded: Record<string, number>
  /** the newest event in it */
  newest: { id: string; at: number; seenAt: number } | null
  /** true when any of it is simulated: the wall's header must then say so */
  simulated: boolean
  /** how many of `count` are simulated; absent where nobody counted, or the audience may not know */
  simulatedCount?: number
}

/** A number that may stand on a wall. `null` is "no data", which is never 0. */
export interface Figure {
  value: number | null
  /** the wall formats it, the value stays in this unit; `share` is 0..1 */
  unit: 'count' | 'ms' | 'yuan' | 'share'
  /**
   * Of how many persons or cases of an agency it tells (a count its own value, a sum or share those it rests on).
   * Absent where it tells of none. Where it is below `smallCount`, some audiences do not get the value.
   */
  base?: number
  /**
   * How many persons or cases could be worked out from it and what stands beside it, and are in none of the two: a day
   * less its full hours, the types whose shares are withheld. Absent where that gives nothing away.
   */
  rest?: number
  /** the value is withheld: it would tell of fewer persons or cases than this */
  under?: number
  /** a count that is withheld though it is not below `under`: what it leaves out is */
  beside?: true
  provenance: Provenance
}

/** Fewer persons or cases than this could be known again: "<5" is shown to whoever may not know them. */
export const smallCount = 5

/** What one source has put into a figure so far; figures add these up. */
export interface Tally {
  count: number
  simulated: number
  newest: { id: string; at: number; seenAt: number } | null
}
