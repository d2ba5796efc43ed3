import { minuteMs, toMinute } from '#protocol/beijing.ts'
import { eventsToJudge, type Feed, lagsKeptMs, latelyMs, type Minute } from './feed.ts'
import { medianOf } from './lags.ts'

/** What came of a source in the last ten minutes. */
export interface Lately {
  accepted: number
  duplicates: number
  refused: number
  /** live events */
  live: number
  /** live events whose time cannot be */
  amiss: number
}

/** What lies ahead came before the clock was set back. */
const isLately = (minuteAt: number, now: number): boolean =>
  minuteAt > now - latelyMs && minuteAt <= now

const recent = ({ minutes }: Feed, now: number): Minute[] =>
  Array.from(minutes)
    .filter(([minuteAt]) => isLately(minuteAt, now))
    .map(([, minute]) => minute)

const countOf = ({ lags }: Minute): number => {
  let count = 0
  for (const n of lags.values()) count += n
  return count
}

export const latelyOf = (feed: Feed, now: number): Lately => {
  const sum: Lately = { accepted: 0, duplicates: 0, refused: 0, live: 0, amiss: 0 }
  for (const minute of recent(feed, now)) {
    sum.accepted += minute.accepted
    sum.duplicates += minute.duplicates
    sum.refused += minute.refused
    sum.amiss += minute.amiss
    sum.live += minute.amiss + countOf(minute)
  }
  return sum
}

/** How long its events take to arrive. */
export interface Lag {
  medianMs: number
  /** of so many events; fewer than `eventsToJudge` say nothing */
  events: number
}

/**
 * The median lag of the last ten minutes; of a source that sends seldom, of its last events within the hour. What
 * arrived before `fromMs` is left out: it may have waited for the server.
 */
export const lagOf = (feed: Feed, now: number, fromMs = 0): Lag | null => {
  const minutes = Array.from(feed.minutes).filter(
    ([minuteAt]) => isLately(minuteAt, now) && minuteAt >= fromMs,
  )
  const events = minutes.reduce((sum, [, minute]) => sum + countOf(minute), 0)
  const median = medianOf(minutes.map(([, { lags }]) => lags))
  if (median !== null && events >= eventsToJudge) return { medianMs: median, events }
  // the minute that is under way counts whole: a screen that turns with the minute shows what the server has
  const endMs = toMinute(now) + minuteMs
  const last = feed.lastLags
    .filter(([seenAt]) => seenAt > endMs - lagsKeptMs && seenAt < endMs && seenAt >= fromMs)
    .map(([, lagMs]) => lagMs)
    .sort((a, b) => a - b)
  const middle = last[Math.ceil(last.length / 2) - 1]
  return middle === undefined ? null : { medianMs: middle, events: last.length }
}
