import { midnightOf } from '#protocol/beijing.ts'
import {
  type Feed,
  type FeedHealth,
  faultsOf,
  isSimulated,
  latelyMs,
  type Newest,
  type Raised,
  unnamed,
} from './feed.ts'
import { type FeedFault, feedFaults } from './feed-health.codes.ts'
import { rateOf } from './hours.ts'
import { lagOf } from './lately.ts'

/** A fault; else `live` with records of late, `quiet` with none but alive, `unpromised` where nothing was promised and nothing came. */
export type FeedStanding = FeedFault | 'live' | 'quiet' | 'unpromised'

/** One source as the wall shows it. */
export interface FeedRow {
  source: string
  standing: FeedStanding
  /** the worst of what is wrong with it */
  raised: Raised | null
  /** arrival of its last record, ms; of one that sends positions alone, of its last word; null: none */
  lastAt: number | null
  lagMs: number | null
  /** it sends positions and no records */
  isPositions: boolean
  today: number
  /** up to the full hour, against the mean of the same hours of the days before; null: nothing to compare with */
  share: number | null
  duplicates: number
  refused: number
  sources: readonly string[]
  newest: Newest | null
  simulated: boolean
}

const standingOf = (feed: Feed, fault: FeedFault | undefined, now: number): FeedStanding => {
  if (fault) return fault
  const lastAt = feed.record?.seenAt ?? feed.heardAt
  if (lastAt > now - latelyMs) return 'live'
  return feed.declared ? 'quiet' : 'unpromised'
}

const rowOf = (feed: Feed, now: number, clockMs: number): FeedRow => {
  const faults = faultsOf(feed)
  const fault = feedFaults.find((each) => faults.has(each))
  const isPositions = feed.record === null && feed.fixes.counts.length > 0
  const { today, toHour, usual } = rateOf(isPositions ? feed.fixes : feed.records, now)
  const troubles = feed.troubles.get(midnightOf(now))
  return {
    source: feed.source,
    standing: standingOf(feed, fault, now),
    raised: fault ? faults.get(fault)! : null,
    lastAt: feed.record?.seenAt ?? (feed.heardAt || null),
    lagMs: feed.isRetired ? null : (lagOf(feed, now)?.medianMs ?? null),
    isPositions,
    today,
    share: usual === null || usual === 0 ? null : toHour / usual,
    duplicates: troubles?.duplicates ?? 0,
    refused: troubles?.refused ?? 0,
    sources: [feed.source],
    newest: feed.newest.id === '' ? null : feed.newest,
    simulated: isSimulated(feed, clockMs),
  }
}

const order: readonly FeedStanding[] = [...feedFaults, 'unpromised', 'quiet', 'live']

/** Every source that is not retired, and `unnamed` while it is at fault; the worst first, of two alike the one that has been so for longer. */
export const feedRows = (state: FeedHealth, now: number): FeedRow[] =>
  Array.from(state.feeds.values())
    .filter(
      ({ source, isRetired, faults }) => !isRetired && (source !== unnamed || faults.size > 0),
    )
    .map((feed) => rowOf(feed, now, state.clockMs))
    .sort(
      (a, b) =>
        order.indexOf(a.standing) - order.indexOf(b.standing) ||
        (a.raised?.since ?? 0) - (b.raised?.since ?? 0) ||
        (a.source < b.source ? -1 : 1),
    )
