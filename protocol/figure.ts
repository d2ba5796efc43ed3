/** Where a figure comes from: enough to answer "says who?" without asking anybody. */
export interface Provenance {
  /** key of the sentence that states the rule, in the topic's words: `incidents.rule.open` */
  rule: string
  /** the sources whose events are counted in it, sorted */
  sources: string[]
  /** the span of time it looks at, ms; `null` for "whatever is live now" */
  window: { fromMs: number; toMs: number } | null
  /** how many events or records it was computed from */
  count: number
  /** records that were in the window and could not be used, by reason */
  excluded: Record<string, number>
  /** the newest event in it */
  newest: { id: string; at: number; seenAt: number } | null
  /** true when any of it is simulated: the wall's header must then say so */
  simulated: boolean
}

/** A number that may stand on a wall. `null` is "no data", which is never 0. */
export interface Figure {
  value: number | null
  /** the wall formats it, the value stays in this unit; `share` is 0..1 */
  unit: 'count' | 'ms' | 'yuan' | 'share'
  provenance: Provenance
}

/** What one source has put into a figure so far; figures add these up. */
export interface Tally {
  count: number
  simulated: number
  newest: { id: string; at: number; seenAt: number } | null
}
