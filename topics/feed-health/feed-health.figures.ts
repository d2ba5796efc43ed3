import { dayMs, midnightOf, toHour, toMinute } from '#protocol/beijing.ts'
import type { Figure, Provenance } from '#protocol/figure.ts'
import { type Part, provenanceOf } from '#protocol/provenance.ts'
import type { Select } from '#protocol/topic.ts'
import {
  type Feed,
  type FeedHealth,
  faultsOf,
  isDeclared,
  isSimulated,
  type Troubles,
  unnamed,
} from './feed.ts'
import { type Hours, type Rate, rateOf, usualDays } from './hours.ts'
import { lagOf } from './lately.ts'

const ruleOf = (name: string): string => `feed-health.rule.${name}`

const partOf = (feed: Feed, count: number, { clockMs }: FeedHealth): Part => ({
  sources: [feed.source],
  count,
  simulated: isSimulated(feed, clockMs),
  newest: feed.newest,
})

const todayOf = (now: number) => ({ fromMs: midnightOf(now), toMs: toMinute(now) })

const isSilent = (feed: Feed): boolean => isDeclared(feed) && faultsOf(feed).has('silent')

const countFeeds =
  (rule: string, matches: (feed: Feed, now: number) => boolean): Select<FeedHealth> =>
  (state, now): Figure => {
    const some = Array.from(state.feeds.values()).filter((feed) => matches(feed, now))
    return {
      value: state.clockMs > 0 ? some.length : null,
      unit: 'count',
      provenance: provenanceOf(
        ruleOf(rule),
        null,
        some.map((feed) => partOf(feed, 1, state)),
      ),
    }
  }

/** Adds up what every source has; `null` where none has it. Records are counts of what agencies do. */
const sumFeeds = (
  rule: string,
  window: (now: number) => Provenance['window'],
  of: (feed: Feed, now: number) => number | null,
  more: {
    isRecords?: boolean
    excluded?(state: FeedHealth, now: number): Record<string, number>
  } = {},
): Select<FeedHealth> => {
  return (state, now): Figure => {
    let value: number | null = null
    const parts: Part[] = []
    for (const feed of state.feeds.values()) {
      const own = of(feed, now)
      if (own === null) continue
      value = (value ?? 0) + own
      parts.push(partOf(feed, own, state))
    }
    return {
      value,
      unit: 'count',
      ...(more.isRecords !== false && value !== null && { base: value }),
      provenance: provenanceOf(ruleOf(rule), window(now), parts, more.excluded?.(state, now)),
    }
  }
}

/** Null of a source that never sent any. */
const rate =
  (of: 'records' | 'fixes', which: (rate: Rate) => number | null) =>
  (feed: Feed, now: number): number | null => {
    const hours: Hours = feed[of]
    return hours.counts.length > 0 ? which(rateOf(hours, now)) : null
  }

const troubles =
  (which: keyof Troubles) =>
  ({ troubles: byDay, newest }: Feed, now: number): number | null =>
    newest.id === '' ? null : (byDay.get(midnightOf(now))?.[which] ?? 0)

const withoutUsual = ({ feeds }: FeedHealth, now: number): Record<string, number> => ({
  sourcesWithoutUsual: Array.from(feeds.values()).filter(
    ({ records }) => records.counts.length > 0 && rateOf(records, now).usual === null,
  ).length,
})

const worstLag: Select<FeedHealth> = (state, now): Figure => {
  let worst: { feed: Feed; lagMs: number; events: number } | null = null
  for (const feed of state.feeds.values()) {
    const lag = feed.isRetired ? null : lagOf(feed, now)
    if (lag && (!worst || lag.medianMs > worst.lagMs)) {
      worst = { feed, lagMs: lag.medianMs, events: lag.events }
    }
  }
  return {
    value: worst?.lagMs ?? null,
    unit: 'ms',
    provenance: provenanceOf(
      ruleOf('worstLag'),
      null,
      worst ? [partOf(worst.feed, worst.events, state)] : [],
    ),
  }
}

export const feedFigures: Record<string, Select<FeedHealth>> = {
  sources: countFeeds('sources', isDeclared),
  alive: countFeeds('alive', (feed) => isDeclared(feed) && !isSilent(feed)),
  silent: countFeeds('silent', isSilent),
  withFaults: countFeeds('withFaults', (feed) => faultsOf(feed).size > 0),
  undeclared: countFeeds(
    'undeclared',
    (feed, now) =>
      !isDeclared(feed) && !feed.isRetired && feed.source !== unnamed && feed.heardAt > now - dayMs,
  ),
  recordsToday: sumFeeds(
    'recordsToday',
    todayOf,
    rate('records', ({ today }) => today),
  ),
  recordsToHour: sumFeeds(
    'recordsToHour',
    (now) => ({ fromMs: midnightOf(now), toMs: toHour(now) }),
    // only what can be compared with what is usual
    rate('records', ({ toHour: value, usual }) => (usual === null ? null : value)),
    { excluded: withoutUsual },
  ),
  recordsUsualToHour: sumFeeds(
    'recordsUsualToHour',
    (now) => ({ fromMs: midnightOf(now) - usualDays * dayMs, toMs: toHour(now) - dayMs }),
    rate('records', ({ usual }) => usual),
    { excluded: withoutUsual },
  ),
  fixesToday: sumFeeds(
    'fixesToday',
    todayOf,
    rate('fixes', ({ today }) => today),
    {
      isRecords: false,
    },
  ),
  duplicatesToday: sumFeeds('duplicatesToday', todayOf, troubles('duplicates')),
  refusedToday: sumFeeds('refusedToday', todayOf, troubles('refused')),
  maskedToday: sumFeeds('maskedToday', todayOf, troubles('masked')),
  worstLag,
}
