import { dayMs, hourMs, minuteMs } from '#protocol/beijing.ts'
import { effectiveAt, type FeedEvent } from '#protocol/event.ts'
import { nounOf } from '#protocol/topic.ts'
import {
  type Facts,
  type IncidentFact,
  isOnDuty,
  isOpen,
  type Origin,
  type UnitFact,
} from './facts.ts'

/** As long as the incidents themselves: what comes late must find what it is about. */
const overKeptMs = 28 * hourMs
const openKeptMs = 30 * dayMs
const endedKeptMs = 3 * hourMs
const dutyKeptMs = 7 * dayMs
/** A segment that nobody has patrolled for so long is out of use, or nobody tells. */
const segmentKeptMs = 7 * dayMs
const strangerKeptMs = 2 * hourMs
const hitsKeptMs = 3 * minuteMs
/** A matter of the prefecture's that nobody has taken up in a shift is on its list, and no alarm any more. */
const risenKeptMs = 30 * minuteMs
const hitMs = 10_000

const origin = (): Origin => ({ sources: new Set(), simulated: false, historyAt: 0, cameAt: 0 })

const touch = (fact: Origin, { source, seenAt, flags }: FeedEvent): void => {
  fact.sources.add(source)
  fact.simulated ||= flags.includes('simulated')
  fact.cameAt = Math.max(fact.cameAt, seenAt)
  if (flags.includes('backfill')) fact.historyAt = Math.max(fact.historyAt, seenAt)
}

const found = <Fact extends Origin>(map: Map<string, Fact>, key: string, make: () => Fact) => {
  const known = map.get(key) ?? make()
  map.set(key, known)
  return known
}

const freshIncident = (incident: string): IncidentFact & Origin => ({
  incident,
  report: null,
  levelSince: 0,
  dispatchedAt: 0,
  endedAt: 0,
  reopenedAt: 0,
  ...origin(),
})

const endings = new Set([
  'incident.closed',
  'incident.passedTo12345',
  'incident.falseReport',
  'incident.transferred',
  'incident.merged',
])
/** Steps that cannot be without somebody having been sent. */
const sent = new Set([
  'incident.dispatched',
  'incident.acknowledged',
  'incident.enRoute',
  'incident.onScene',
  'incident.handled',
])

const takeIncident = (facts: Facts, event: FeedEvent, at: number): void => {
  const { type, body, id } = event
  const number = body.incident as string
  const one = found(facts.incidents, number, () => freshIncident(number))
  touch(one, event)
  if (type === 'incident.reported') {
    const known = one.report
    if (known && (known.at > at || (known.at === at && known.id > id))) return
    const { incident: _, ...rest } = body
    const report = { at, id, ...rest } as NonNullable<IncidentFact['report']>
    if (known?.level !== report.level) one.levelSince = at
    one.report = report
  } else if (sent.has(type)) one.dispatchedAt = Math.max(one.dispatchedAt, at)
  else if (endings.has(type)) one.endedAt = Math.max(one.endedAt, at)
  else if (type === 'incident.reopened') one.reopenedAt = Math.max(one.reopenedAt, at)
}

const freshUnit = (unit: string): UnitFact & Origin => ({
  unit,
  startedAt: 0,
  endedAt: 0,
  callSign: unit,
  dueAt: 0,
  status: '',
  statusAt: 0,
  silentFrom: 0,
  silentTo: 0,
  overdueAt: 0,
  missedDueAt: 0,
  ...origin(),
})

const unitRules: Record<string, (one: UnitFact, at: number, body: FeedEvent['body']) => void> = {
  'patrol.started': (one, at, { callSign, segment, dueAt = 0 }) => {
    if (at < one.startedAt) return
    one.startedAt = at
    one.callSign = callSign as string
    one.dueAt = dueAt as number
    if (segment === undefined) delete one.segment
    else one.segment = segment as string
  },
  'patrol.ended': (one, at) => {
    one.endedAt = Math.max(one.endedAt, at)
  },
  'patrol.statusChanged': (one, at, { status }) => {
    if (at < one.statusAt) return
    // the same again is no new beginning
    if (status !== one.status) one.statusAt = at
    one.status = status as string
  },
  'patrol.fellSilent': (one, at) => {
    one.silentFrom = Math.max(one.silentFrom, at)
  },
  'patrol.heardAgain': (one, at) => {
    one.silentTo = Math.max(one.silentTo, at)
  },
  'patrol.fellOverdue': (one, at, { dueAt }) => {
    one.overdueAt = at
    one.missedDueAt = dueAt as number
  },
}

const takePatrol = (facts: Facts, event: FeedEvent, at: number): void => {
  const { type, body } = event
  if (typeof body.segment === 'string' && type === 'patrol.segmentPatrolled') {
    const one = found(facts.segments, body.segment, () => ({ at: 0, ...origin() }))
    touch(one, event)
    one.at = Math.max(one.at, at)
    return
  }
  if (typeof body.unit !== 'string') return
  const { unit } = body
  if (type === 'patrol.unrosteredSeen') {
    const one = found(facts.strangers, unit, () => ({ at: 0, ...origin() }))
    touch(one, event)
    one.at = Math.max(one.at, at)
    return
  }
  const one = found(facts.units, unit, () => freshUnit(unit))
  touch(one, event)
  unitRules[type]?.(one, at, body)
}

const takeFeed = (facts: Facts, event: FeedEvent): void => {
  const { type, body } = event
  const { source, fault, since } = body as { source: string; fault: string; since: number }
  if (type === 'feed.faultRaised') {
    const one = found(facts.feeds, `${source} ${fault}`, () => ({
      source,
      fault,
      since,
      ...origin(),
    }))
    touch(one, event)
    one.since = since
  } else if (type === 'feed.faultCleared') facts.feeds.delete(`${source} ${fault}`)
  else if (type === 'feed.retired') {
    for (const [key, one] of facts.feeds) if (one.source === source) facts.feeds.delete(key)
  }
}

const takeCell = (facts: Facts, event: FeedEvent, at: number): void => {
  if (event.type !== 'cell.escalated' || at < event.seenAt - hitsKeptMs) return
  const { cell, kind, event: matter, to } = event.body as Record<string, string>
  const township = cell!.slice(0, 9)
  const one = found(facts.hits, `${township} ${kind}`, () => ({
    township,
    kind: kind!,
    hits: new Map(),
    ...origin(),
  }))
  touch(one, event)
  const slot = at - (at % hitMs)
  one.hits.set(slot, (one.hits.get(slot) ?? 0) + 1)
  if (to !== 'prefecture') return
  const risen = found(facts.risen, matter!, () => ({
    event: matter!,
    township,
    kind: kind!,
    at,
    ...origin(),
  }))
  touch(risen, event)
}

const dropIf = <Fact>(map: Map<string, Fact>, isPast: (fact: Fact) => boolean): void => {
  for (const [key, fact] of map) if (isPast(fact)) map.delete(key)
}

/** Once a minute of arrival time, so that the result does not depend on where a fold was cut in two. */
const prune = (facts: Facts): void => {
  const { clockMs } = facts
  if (clockMs - facts.prunedAtMs < minuteMs) return
  facts.prunedAtMs = clockMs
  dropIf(facts.incidents, (one) => {
    const isGrave = isOpen(one) && one.report!.level <= 2
    return one.cameAt < clockMs - (isGrave ? openKeptMs : overKeptMs)
  })
  dropIf(facts.units, (one) => one.cameAt < clockMs - (isOnDuty(one) ? dutyKeptMs : endedKeptMs))
  dropIf(facts.segments, ({ at }) => at < clockMs - segmentKeptMs)
  dropIf(facts.strangers, ({ at }) => at < clockMs - strangerKeptMs)
  dropIf(facts.risen, ({ at }) => at < clockMs - risenKeptMs)
  dropIf(facts.hits, ({ hits }) => {
    for (const slot of hits.keys()) if (slot < clockMs - hitsKeptMs) hits.delete(slot)
    return hits.size === 0
  })
}

/** Takes in what the rules look at, of any topic's events. */
export const takeFact = (facts: Facts, event: FeedEvent): void => {
  const at = Math.min(effectiveAt(event), event.seenAt)
  facts.clockMs = Math.max(facts.clockMs, event.seenAt)
  const noun = nounOf(event.type)
  if (noun === 'incident') takeIncident(facts, event, at)
  else if (noun === 'patrol') takePatrol(facts, event, at)
  else if (noun === 'feed') takeFeed(facts, event)
  else if (noun === 'cell') takeCell(facts, event, at)
  prune(facts)
}
