import { ownSource, type Standing } from '#protocol/source.ts'
import type { LinkState } from '#web/feed/link.ts'

/** How far what is shown can be believed, worst first in the order of the rules below. */
export type Freshness = 'lost' | 'catching-up' | 'no-data' | 'silent' | 'stale' | 'live'

export interface Belief {
  freshness: Freshness
  /** arrival of the newest event, ms; null without any */
  newestMs: number | null
  /** sources that owe a word, and when each was last heard, ms; the longest silent first */
  silent: readonly { source: string; sinceMs: number }[]
}

export interface Heard {
  link: LinkState
  /** nothing has come over this link yet, not even an empty state */
  awaitsFirst: boolean
  /** arrival of the newest event of each source that what is shown rests on, ms */
  sources: ReadonlyMap<string, number>
  standings: ReadonlyMap<string, Standing>
  /** how old the newest event may be where a source has promised nothing, ms */
  staleAfterMs: number
  /** the server's clock, ms */
  nowMs: number
}

/**
 * The one rule of freshness. A lost link is a fact about us, silence one about a source that promised a word; a source
 * that has nothing to say and says so is alive, however old its last event. What promised nothing is judged by age.
 */
export const beliefOf = (heard: Heard): Belief => {
  const others = Array.from(heard.sources).filter(([source]) => source !== ownSource)
  // what the server alone tells is as old as its last word; beside a source's it is no news of that
  const sources = others.length > 0 ? others : Array.from(heard.sources)
  const newestMs = sources.length > 0 ? Math.max(...sources.map(([, at]) => at)) : null
  const silent = sources
    .flatMap(([source]) => {
      const sinceMs = heard.standings.get(source)?.silentSince ?? null
      return sinceMs === null ? [] : [{ source, sinceMs }]
    })
    .sort((a, b) => a.sinceMs - b.sinceMs)
  const isPromised = sources.every(([source]) => heard.standings.get(source)?.intervalMs != null)
  const freshness = (): Freshness => {
    if (heard.link === 'lost') return 'lost'
    if (heard.link !== 'live' || heard.awaitsFirst) return 'catching-up'
    if (newestMs === null) return 'no-data'
    if (silent.length > 0) return 'silent'
    return isPromised || heard.nowMs - newestMs <= heard.staleAfterMs ? 'live' : 'stale'
  }
  return { freshness: freshness(), newestMs, silent }
}
