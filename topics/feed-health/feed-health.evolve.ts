import { dayMs, hourMs, midnightOf, minuteMs, toMinute } from '#protocol/beijing.ts'
import type { FeedEvent } from '#protocol/event.ts'
import { ownSource } from '#protocol/source.ts'
import {
  eventsToJudge,
  type Feed,
  type FeedHealth,
  feedsAtMost,
  freshFeed,
  isDeclared,
  lagsKeptMs,
  latelyMs,
  type Minute,
  type Newest,
  others,
  timeOf,
} from './feed.ts'
import type { FeedFault } from './feed-health.codes.ts'
import type { CountedSource, FeedBodies } from './feed-health.events.ts'
import { addToHour, pruneHours } from './hours.ts'
import { stepOf } from './lags.ts'

/** Unheard for this long, a source that owes nothing leaves the state. One that owes a word stays, silent, until it is retired. */
export const feedKeptMs = 30 * dayMs
/** So long after history came in, nobody is called late. */
export const historyRestMs = minuteMs
/** A quiet night, or a clock that was set: what is kept for days is not dropped by it before it has stood for so long. */
export const believedAfterMs = hourMs
/** A live event may be so far ahead of the server's clock. */
export const aheadMs = minuteMs

const newestOf = ({ id, at, seenAt }: FeedEvent): Newest => ({ id, at, seenAt })

const feedOf = (state: FeedHealth, source: string): Feed => {
  const known = state.feeds.get(source)
  if (known) return known
  if (state.feeds.size >= feedsAtMost && source !== others) return feedOf(state, others)
  const feed = freshFeed(source)
  state.feeds.set(source, feed)
  return feed
}

const touch = (feed: Feed, event: FeedEvent): void => {
  feed.newest = newestOf(event)
  if (event.flags.includes('simulated')) {
    feed.simulatedAt = Math.max(feed.simulatedAt, event.seenAt)
  }
}

const minuteOf = (feed: Feed, at: number): Minute => {
  const minuteAt = toMinute(at)
  const known = feed.minutes.get(minuteAt)
  if (known) return known
  const minute: Minute = { accepted: 0, lags: new Map(), amiss: 0, duplicates: 0, refused: 0 }
  feed.minutes.set(minuteAt, minute)
  return minute
}

/** History says nothing of the line that it came by, and nothing of the clock; nor does what had to wait for it. */
const takeLag = (feed: Feed, minute: Minute, { at, seenAt, flags }: FeedEvent): void => {
  if (flags.includes('backfill')) feed.historyAt = seenAt
  if (feed.historyAt > 0 && Math.abs(seenAt - feed.historyAt) < historyRestMs) return
  if (flags.includes('clockSuspect') || at > seenAt + aheadMs) {
    minute.amiss += 1
    return
  }
  const lagMs = Math.max(0, seenAt - at)
  const step = stepOf(lagMs)
  minute.lags.set(step, (minute.lags.get(step) ?? 0) + 1)
  feed.lastLags.push([seenAt, lagMs])
  if (feed.lastLags.length > eventsToJudge) feed.lastLags.shift()
}

/** A record of a source: of its body nothing is looked at. */
const take = (state: FeedHealth, event: FeedEvent): void => {
  const feed = feedOf(state, event.source)
  const { seenAt } = event
  touch(feed, event)
  feed.heardAt = seenAt
  feed.record = newestOf(event)
  addToHour(feed.records, timeOf(event), 1, state.clockMs)
  const minute = minuteOf(feed, seenAt)
  minute.accepted += 1
  takeLag(feed, minute, event)
}

const declare = (state: FeedHealth, event: FeedEvent): void => {
  const { source, intervalMs, numberPatterns, title } = event.body as FeedBodies['feed.declared']
  const feed = feedOf(state, source)
  touch(feed, event)
  if (feed.source !== source) return
  feed.declared = { intervalMs, numberPatterns, ...(title && { title }) }
  feed.declaredAt = event.at
  feed.isRetired = false
}

const retire = (state: FeedHealth, event: FeedEvent): void => {
  const { source } = event.body as FeedBodies['feed.retired']
  const feed = feedOf(state, source)
  touch(feed, event)
  if (feed.source !== source) return
  feed.declared = null
  feed.declaredAt = event.at
  feed.isRetired = true
}

/** Totals only grow, so the difference to the last one is what is new, whatever was not kept in between. */
const count = (state: FeedHealth, openedAt: number, one: CountedSource, event: FeedEvent): void => {
  const { heardAt = 0, duplicates, refused, masked, fixes } = one
  const feed = feedOf(state, one.source)
  if (feed.source !== one.source) return
  touch(feed, event)
  // no clock of a sender: the server's own, which may have been set back
  const known = feed.heardAt > event.seenAt ? 0 : feed.heardAt
  feed.heardAt = Math.max(known, Math.min(heardAt, event.seenAt))
  const none = { openedAt, duplicates: 0, refused: 0, masked: 0, fixes: 0 }
  const before = feed.totals?.openedAt === openedAt ? feed.totals : none
  const grown = (of: 'duplicates' | 'refused' | 'masked' | 'fixes') =>
    Math.max(0, one[of] - before[of])
  const at = timeOf(event)
  addToHour(feed.fixes, at, grown('fixes'), state.clockMs)
  const minute = minuteOf(feed, event.seenAt)
  minute.duplicates += grown('duplicates')
  minute.refused += grown('refused')
  const day = midnightOf(at)
  const troubles = feed.troubles.get(day) ?? { duplicates: 0, refused: 0, masked: 0 }
  troubles.duplicates += grown('duplicates')
  troubles.refused += grown('refused')
  troubles.masked += grown('masked')
  feed.troubles.set(day, troubles)
  feed.totals = {
    openedAt,
    duplicates: Math.max(duplicates, before.duplicates),
    refused: Math.max(refused, before.refused),
    masked: Math.max(masked, before.masked),
    fixes: Math.max(fixes, before.fixes),
  }
}

const raise = (state: FeedHealth, event: FeedEvent): void => {
  const body = event.body as FeedBodies['feed.faultRaised']
  const { source, fault, cause: _, ...raised } = body
  const feed = feedOf(state, source)
  touch(feed, event)
  if (!feed.faults.has(fault)) feed.faults.set(fault, raised)
}

const clear = (state: FeedHealth, event: FeedEvent): void => {
  const { source, fault } = event.body as FeedBodies['feed.faultCleared']
  const feed = state.feeds.get(source)
  if (!feed) return
  touch(feed, event)
  feed.faults.delete(fault as FeedFault)
}

const rules: Record<keyof FeedBodies, (state: FeedHealth, event: FeedEvent) => void> = {
  'feed.declared': declare,
  'feed.retired': retire,
  'feed.counted': (state, event) => {
    const { openedAt, sources } = event.body as FeedBodies['feed.counted']
    for (const one of sources) count(state, openedAt, one, event)
    state.countedAt = event.seenAt
    state.counts += 1
  },
  'feed.faultRaised': raise,
  'feed.faultCleared': clear,
}

const isOver = (feed: Feed, clockMs: number): boolean =>
  !isDeclared(feed) &&
  Math.max(feed.heardAt, feed.newest.seenAt, feed.declaredAt) < clockMs - feedKeptMs

const setClock = (state: FeedHealth, seenAt: number): void => {
  const { clockMs, jumpedAtMs } = state
  const isAhead = clockMs > 0 && seenAt > clockMs + believedAfterMs
  // arrivals of one moment may swap by milliseconds
  if (seenAt < jumpedAtMs - minuteMs) state.jumpedAtMs = 0
  else if (isAhead && jumpedAtMs === 0) state.jumpedAtMs = seenAt
  state.clockMs = seenAt
}

/** Once a minute of arrival time, so that the result does not depend on where a fold was cut in two. */
const prune = (state: FeedHealth): void => {
  const { clockMs, jumpedAtMs } = state
  if (Math.abs(clockMs - state.prunedAtMs) < minuteMs) return
  if (jumpedAtMs > 0 && clockMs - jumpedAtMs < believedAfterMs) return
  state.jumpedAtMs = 0
  state.prunedAtMs = clockMs
  const oldestDay = midnightOf(clockMs) - dayMs
  for (const [source, feed] of state.feeds) {
    if (isOver(feed, clockMs)) {
      state.feeds.delete(source)
      continue
    }
    pruneHours(feed.records, clockMs)
    pruneHours(feed.fixes, clockMs)
    for (const day of feed.troubles.keys()) {
      if (day < oldestDay || day > clockMs + dayMs) feed.troubles.delete(day)
    }
    for (const minuteAt of feed.minutes.keys()) {
      if (minuteAt < clockMs - latelyMs - minuteMs || minuteAt > clockMs)
        feed.minutes.delete(minuteAt)
    }
    feed.lastLags = feed.lastLags.filter(
      ([seenAt]) => seenAt >= clockMs - lagsKeptMs && seenAt <= clockMs,
    )
  }
}

/**
 * What another server once noticed of its own door is played back as history and promises nothing here. An audience
 * may have none of the fields.
 */
const isNoticed = ({ body, flags }: FeedEvent): boolean =>
  !flags.includes('backfill') && (typeof body.source === 'string' || Array.isArray(body.sources))

/** Takes in an event of any topic by its envelope, and those of its own noun that the server has made. */
export const evolve = (state: FeedHealth, event: FeedEvent): void => {
  setClock(state, event.seenAt)
  if (event.source !== ownSource) take(state, event)
  else if (isNoticed(event)) rules[event.type as keyof FeedBodies]?.(state, event)
  prune(state)
}
