import { minuteMs, toMinute } from '#protocol/beijing.ts'
import type { Declaration, DoorTally } from '#protocol/source.ts'
import type { Occasion, Reaction } from '#protocol/topic.ts'
import { type FeedHealth, feedsAtMost, freshFeed, isSimulated, others } from './feed.ts'
import { type FeedFault, feedFaults } from './feed-health.codes.ts'
import { reactToCounts } from './feed-health.counts.ts'
import { type Evidence, type Judgement, judge } from './feed-health.judge.ts'
import { reaction } from './reaction.ts'

/** More than this many at once wait for the next tick. */
const atMost = 500

/** Of one that owes a word less often than this nobody waits for the second: it would be called silent until tomorrow. */
const oneWordFromMs = 10 * minuteMs

/**
 * What the reactor remembers and no event says: the first word of a silent source that is back. One that always speaks
 * too late must not come and go with each word, so it is believed from its second word in time. To forget it only
 * delays a reaction, and never changes one.
 */
type Memory = Map<string, number>
const memories = new WeakMap<FeedHealth, Memory>()

const memoryOf = (state: FeedHealth): Memory => {
  const known = memories.get(state)
  if (known) return known
  const memory: Memory = new Map()
  memories.set(state, memory)
  return memory
}

const isSame = (one: Declaration | null, other: Declaration): boolean =>
  one !== null &&
  one.intervalMs === other.intervalMs &&
  one.numberPatterns.join(' ') === other.numberPatterns.join(' ') &&
  one.title?.zh === other.title?.zh &&
  one.title?.en === other.title?.en

/** What a source has declared at the door and the journal does not have yet. */
const reactToDeclaration = (state: FeedHealth, tally: DoorTally, now: number): Reaction[] => {
  const { source, declared, simulated } = tally
  const known = state.feeds.get(source)
  if (declared === null || source === others) return []
  const on = { at: now, simulated }
  // by what it replaces: while the journal is slow, the same is asked for again
  const key = `${source}:${known?.declaredAt || toMinute(now)}`
  if (declared === 'retired') {
    return known && !known.isRetired ? [reaction('feed.retired', key, on, { source })] : []
  }
  if (isSame(known?.declared ?? null, declared)) return []
  const { intervalMs, numberPatterns, title } = declared
  const body = {
    source,
    intervalMs,
    numberPatterns: [...numberPatterns],
    ...(title && { title: { ...title } }),
  }
  return [reaction('feed.declared', key, on, body)]
}

/** A silent source is back when it has spoken twice in time; one that speaks seldom, when it has spoken. */
const isBack = (
  memory: Memory,
  { feed, tally }: Evidence,
  { isOver }: Judgement,
  silentSince: number,
): boolean => {
  const { source } = feed
  const wordAt = tally?.heardAt ?? null
  if (!isOver || wordAt === null || wordAt === silentSince) {
    memory.delete(source)
    return false
  }
  if (feed.declared === null || feed.declared.intervalMs >= oneWordFromMs) {
    memory.delete(source)
    return true
  }
  const firstAt = memory.get(source)
  if (firstAt === undefined) memory.set(source, wordAt)
  const isTwice = firstAt !== undefined && firstAt !== wordAt
  if (isTwice) memory.delete(source)
  return isTwice
}

const reactToFaults = (memory: Memory, evidence: Evidence, simulated: boolean): Reaction[] => {
  const { feed, door, now } = evidence
  const { source, isRetired } = feed
  // the journal may know no word but the one that an earlier start was told of: what is new has its own id all the same
  const keyOf = (fault: FeedFault, since: number) => `${fault}:${source}:${door.openedAt}:${since}`
  const judgements = judge(evidence)
  const react = (fault: FeedFault): Reaction[] => {
    const judgement = judgements[fault]
    const { isOn, isOver, raised } = judgement
    const known = feed.faults.get(fault)
    if (known) {
      const isCleared =
        isRetired ||
        (fault === 'silent' ? isBack(memory, evidence, judgement, known.since) : isOver)
      if (!isCleared) return []
      const key = keyOf(fault, known.since)
      return [reaction('feed.faultCleared', key, { at: now, simulated }, { source, fault })]
    }
    if (isRetired || !isOn) return []
    const key = keyOf(fault, fault === 'silent' ? raised.since : toMinute(raised.since))
    return [reaction('feed.faultRaised', key, { at: now, simulated }, { source, fault, ...raised })]
  }
  return feedFaults.flatMap(react)
}

/** Everything is noticed on a tick: it sees the state after every event, and what was not kept comes again. */
export const reactToFeeds = (state: FeedHealth, occasion: Occasion): Reaction[] => {
  if (occasion.kind !== 'tick') return []
  const { now, door } = occasion
  const memory = memoryOf(state)
  // of one source too many there is nowhere to keep what was noticed
  const withRoom = door.tallies.filter(
    ({ source }) => state.feeds.has(source) || state.feeds.size < feedsAtMost,
  )
  const tallies = new Map(withRoom.map((tally) => [tally.source, tally]))
  const sources = new Set([...state.feeds.keys(), ...tallies.keys()])
  const faults = Array.from(sources).flatMap((source) => {
    const tally = tallies.get(source) ?? null
    const feed = state.feeds.get(source) ?? freshFeed(source)
    const simulated = tally?.heardAt ? tally.simulated : isSimulated(feed, state.clockMs)
    return reactToFaults(memory, { feed, tally, door, now }, simulated)
  })
  return [
    ...withRoom.flatMap((tally) => reactToDeclaration(state, tally, now)),
    ...faults,
    ...reactToCounts(state, withRoom, occasion),
  ].slice(0, atMost)
}
