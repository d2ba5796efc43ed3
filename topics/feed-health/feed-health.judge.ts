import { minuteMs } from '#protocol/beijing.ts'
import type { Door, DoorTally } from '#protocol/source.ts'
import { eventsToJudge, type Feed, type Raised } from './feed.ts'
import type { FeedFault } from './feed-health.codes.ts'
import { type Lately, lagOf, latelyOf } from './lately.ts'

/** Unheard for so many of its intervals, a source is silent: the wall says so within two. */
export const silentAfterIntervals = 1.5
/** A lag up to this is no fault, whatever was promised; and up to so many intervals. */
export const lateAfterMs = minuteMs
export const lateAfterIntervals = 2
/** What waited for the server comes in when it opens; so long after it nobody is called late. */
export const openingMs = minuteMs
const amissAtLeast = 3
const doubledAtLeast = 20
const doubledShare = 0.2
const rubbishAtLeast = 10
const rubbishShare = 0.05

/** What is known of a source at a moment: by the journal, and by the door since it was last journaled. */
export interface Evidence {
  feed: Feed
  /** null: nothing was heard of it since the server's start */
  tally: DoorTally | null
  door: Door
  now: number
}

/** A fault between `isOn` and `isOver` stays what it was: so that it does not come and go. */
export interface Judgement {
  isOn: boolean
  isOver: boolean
  raised: Raised
}

/** The last word, as both know it, ms; 0: none. */
export const lastWordOf = ({ feed, tally }: Evidence): number => tally?.heardAt ?? feed.heardAt

export const unheardMsOf = ({ tally, door }: Evidence): number =>
  tally?.unheardMs ?? door.listeningMs

/** Null where nothing was promised. */
export const silentAfterMsOf = ({ feed }: Evidence): number | null =>
  feed.declared && silentAfterIntervals * feed.declared.intervalMs

const silent = (evidence: Evidence): Judgement => {
  const limitMs = silentAfterMsOf(evidence)
  const isOn = limitMs !== null && unheardMsOf(evidence) > limitMs
  const since = lastWordOf(evidence) || evidence.feed.declaredAt
  return { isOn, isOver: !isOn, raised: { since, limitMs: limitMs ?? 0 } }
}

const late = ({ feed, door, now }: Evidence): Judgement => {
  const limitMs = Math.max(lateAfterMs, lateAfterIntervals * (feed.declared?.intervalMs ?? 0))
  // by a clock that was set back since, neither may lie ahead
  const openedAt = Math.min(door.openedAt, now - door.listeningMs)
  const turnedAwayAt = door.turnedAwayAt ?? 0
  const fromMs = Math.max(openedAt, turnedAwayAt > now ? 0 : turnedAwayAt) + openingMs
  const lag = lagOf(feed, now, fromMs)
  const lagMs = lag?.medianMs ?? 0
  const isKnown = lag !== null && lag.events >= eventsToJudge
  // a lag that may not be looked at yet says nothing: what was found before stands
  const stillMs = (isKnown ? lag : lagOf(feed, now))?.medianMs ?? 0
  return {
    isOn: isKnown && lagMs > limitMs,
    isOver: stillMs <= limitMs / 2,
    raised: { since: now, limitMs, lagMs },
  }
}

const clock = ({ now }: Evidence, { amiss, live }: Lately): Judgement => ({
  isOn: amiss >= amissAtLeast || (amiss > 0 && 2 * amiss >= live),
  isOver: amiss === 0,
  raised: { since: now, count: amiss, lines: live },
})

/** Raised over both bounds, over when under half of either. */
const share = (now: number, count: number, lines: number, atLeast: number, of: number) => ({
  isOn: count >= atLeast && count > of * lines,
  isOver: 2 * count < atLeast || 2 * count < of * lines,
  raised: { since: now, count, lines },
})

/** What the door has counted and the journal does not have yet. */
const pendingOf = ({ feed, tally, door }: Evidence, of: 'duplicates' | 'refused'): number => {
  if (!tally) return 0
  const journaled = feed.totals?.openedAt === door.openedAt ? feed.totals[of] : 0
  return Math.max(0, tally[of] - journaled)
}

/** Whether each fault is there, by what is known at a moment. */
export const judge = (evidence: Evidence): Record<FeedFault, Judgement> => {
  const { feed, now } = evidence
  const lately = latelyOf(feed, now)
  const duplicates = lately.duplicates + pendingOf(evidence, 'duplicates')
  const refused = lately.refused + pendingOf(evidence, 'refused')
  const lines = lately.accepted + duplicates + refused
  return {
    silent: silent(evidence),
    clock: clock(evidence, lately),
    late: late(evidence),
    rubbish: share(now, refused, lines, rubbishAtLeast, rubbishShare),
    doubled: share(now, duplicates, lines, doubledAtLeast, doubledShare),
  }
}
