import type { Standing } from '#protocol/source.ts'
import type { Topic } from '#protocol/topic.ts'
import { type FeedHealth, faultsOf, latelyMs } from './feed.ts'
import { evolve } from './feed-health.evolve.ts'
import { faultList } from './feed-health.faults.ts'
import { feedFigures } from './feed-health.figures.ts'
import { reactToFeeds } from './feed-health.react.ts'

const initial = (): FeedHealth => ({
  feeds: new Map(),
  countedAt: 0,
  counts: 0,
  clockMs: 0,
  jumpedAtMs: 0,
  prunedAtMs: 0,
})

const standings = (state: FeedHealth): ReadonlyMap<string, Standing> =>
  new Map(
    Array.from(state.feeds.values()).flatMap((feed) => {
      if (!feed.declared) return []
      const silentSince = faultsOf(feed).get('silent')?.since ?? null
      return [[feed.source, { ...feed.declared, silentSince }]]
    }),
  )

const heard = (state: FeedHealth): ReadonlyMap<string, number> =>
  new Map(
    Array.from(state.feeds.values()).flatMap(({ source, heardAt, isRetired }) =>
      heardAt > 0 && !isRetired ? [[source, heardAt]] : [],
    ),
  )

/** How every source stands: what it promised, whether it keeps it, how late and how clean its records come. */
export const feedHealth: Topic<FeedHealth> = {
  name: 'feed-health',
  stateVersion: 2,
  nouns: ['feed'],
  foldsAll: true,
  staleAfterMs: latelyMs,
  initial,
  evolve,
  react: reactToFeeds,
  heard,
  sources: standings,
  faults: faultList,
  servedTo: ['shared', 'visitor'],
  redact: (state, audience) => (audience === 'wall' ? state : initial()),
  figures: feedFigures,
}
