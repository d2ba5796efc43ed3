import { toMinute } from '#protocol/beijing.ts'
import type { DoorTally } from '#protocol/source.ts'
import type { Occasion, Reaction } from '#protocol/topic.ts'
import type { FeedHealth } from './feed.ts'
import { sourcesPerCount } from './feed-health.codes.ts'
import type { CountedSource } from './feed-health.events.ts'
import { reaction } from './reaction.ts'

type Tick = Extract<Occasion, { kind: 'tick' }>

/** When its last word came, by the clock as it is set now. */
const wordAtOf = ({ heardAt, unheardMs }: DoorTally, now: number): number | null =>
  heardAt && Math.min(heardAt, now - unheardMs)

const countedOf = (tally: DoorTally, now: number): CountedSource => {
  const { source, duplicates, refused, masked, fixes } = tally
  const heardAt = wordAtOf(tally, now)
  return { source, ...(heardAt !== null && { heardAt }), duplicates, refused, masked, fixes }
}

/** What the door has counted since it was last journaled; what is made up apart from what is not. */
export const reactToCounts = (
  state: FeedHealth,
  tallies: readonly DoorTally[],
  { now, door }: Tick,
): Reaction[] => {
  const minuteAt = toMinute(now)
  // not `>=`: a clock that was set back counts on
  if (toMinute(state.countedAt) === minuteAt) return []
  const { openedAt } = door
  const changed = tallies.filter((tally) => {
    const feed = state.feeds.get(tally.source)
    const { duplicates, refused, masked, fixes } = tally
    const totals = feed?.totals?.openedAt === openedAt ? feed.totals : null
    return (
      (wordAtOf(tally, now) ?? 0) > (feed?.heardAt ?? 0) ||
      (feed?.heardAt ?? 0) > now ||
      duplicates > (totals?.duplicates ?? 0) ||
      refused > (totals?.refused ?? 0) ||
      masked > (totals?.masked ?? 0) ||
      fixes > (totals?.fixes ?? 0)
    )
  })
  return [true, false].flatMap((simulated) => {
    const some = changed.filter((tally) => tally.simulated === simulated)
    const parts = Array.from({ length: Math.ceil(some.length / sourcesPerCount) }, (_, n) =>
      some.slice(n * sourcesPerCount, (n + 1) * sourcesPerCount),
    )
    return parts.map((part, n) => {
      // not by the time: a clock that was set back comes by it again
      const key = `${openedAt}:${state.counts}:${simulated ? 's' : 'r'}${n}`
      const body = { openedAt, sources: part.map((tally) => countedOf(tally, now)) }
      return reaction('feed.counted', key, { at: now, simulated }, body)
    })
  })
}
