import type { LinkState } from '#web/feed/link.ts'

/** How far what is shown can be believed, worst first in the order of the rules below. */
export type Freshness = 'lost' | 'catching-up' | 'no-data' | 'stale' | 'live'

export interface Heard {
  link: LinkState
  /** nothing has come over this link yet, not even an empty state */
  awaitsFirst: boolean
  /** arrival of the topic's newest event, ms; null when it never had one */
  newestMs: number | null
  staleAfterMs: number
  /** the server's clock, ms */
  nowMs: number
}

/** The one rule of freshness. Silence is a fact about the source, a lost link is one about us: both are said. */
export const freshnessOf = (heard: Heard): Freshness => {
  if (heard.link === 'lost') return 'lost'
  if (heard.link !== 'live' || heard.awaitsFirst) return 'catching-up'
  if (heard.newestMs === null) return 'no-data'
  return heard.nowMs - heard.newestMs > heard.staleAfterMs ? 'stale' : 'live'
}
