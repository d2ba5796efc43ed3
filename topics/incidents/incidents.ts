import { dayMs, hourMs, minuteMs, toHour } from '#protocol/beijing.ts'
import type { Audience, FeedEvent } from '#protocol/event.ts'
import type { Tally } from '#protocol/figure.ts'
import type { Topic } from '#protocol/topic.ts'
import { type Incident, type Incidents, isOpen, type Stamp, timeOf } from './incident.ts'
import type { Ending } from './incidents.codes.ts'
import type { IncidentBodies } from './incidents.events.ts'
import { incidentFigures } from './incidents.figures.ts'

/**
 * What is over is kept this long after its last event: every 24 h window is whole, and a step that comes a day late, by a
 * clock that was then set an hour on, still finds it.
 */
export const overKeptMs = 28 * hourMs
/** An open incident is never hidden; one that nobody has touched for this long is counted as abandoned. */
export const openKeptMs = 30 * dayMs
/** Calls by hour: today and the same hours of four weeks before it. */
const hoursKeptMs = 29 * dayMs

const initial = (): Incidents => ({
  byNumber: new Map(),
  callsByHour: new Map(),
  abandoned: 0,
  heardAt: new Map(),
  clockMs: 0,
  prunedAtMs: 0,
})

const fresh = (incident: string): Incident => ({
  incident,
  report: null,
  counted: null,
  first: new Map(),
  last: new Map(),
  ended: null,
  reopenedAt: null,
  units: new Map(),
  touchedAt: 0,
  sources: new Set(),
  simulated: false,
  newest: { id: '', at: 0, seenAt: 0 },
})

const stamp = (one: Incident, name: Stamp, at: number): void => {
  one.first.set(name, Math.min(one.first.get(name) ?? at, at))
  one.last.set(name, Math.max(one.last.get(name) ?? at, at))
}

const putOn = (one: Incident, unit: string | undefined, at: number): void => {
  if (unit === undefined) return
  const { onAt = 0, offAt = 0 } = one.units.get(unit) ?? {}
  one.units.set(unit, { onAt: Math.max(onAt, at), offAt })
}

const putAllOn = (one: Incident, units: string[] | undefined, at: number): void => {
  for (const unit of units ?? []) putOn(one, unit, at)
}

const takeOff = (one: Incident, unit: string | undefined, at: number): void => {
  if (unit === undefined) return
  const { onAt = 0, offAt = 0 } = one.units.get(unit) ?? {}
  one.units.set(unit, { onAt, offAt: Math.max(offAt, at) })
}

const nameOf = ({ how, into = '' }: { how: Ending; into?: string }): string => `${how} ${into}`

const end = (one: Incident, how: Ending, at: number, into?: string): void => {
  const known = one.ended
  const next = into === undefined ? { how, at } : { how, at, into }
  if (known && (known.at > at || (known.at === at && nameOf(known) <= nameOf(next)))) return
  one.ended = next
}

type Counted = NonNullable<Incident['counted']>

/** The hour's tally; null where the hour is no longer kept, so that old history leaves nothing to prune. */
const tallyOf = (state: Incidents, { at, source }: Counted): Tally | null => {
  const hour = toHour(at)
  if (hour < state.prunedAtMs - hoursKeptMs) return null
  const bySource = state.callsByHour.get(hour) ?? new Map<string, Tally>()
  state.callsByHour.set(hour, bySource)
  const tally = bySource.get(source) ?? { count: 0, simulated: 0, newest: null }
  bySource.set(source, tally)
  return tally
}

/** Two reports of the same time stand in the order of their sources: never in that of arrival. */
const isEarlier = (a: Counted, b: Counted): boolean => {
  if (a.at !== b.at) return a.at < b.at
  if (a.source !== b.source) return a.source < b.source
  return a.simulated && !b.simulated
}

/** A call counts once, in the hour of its earliest report. */
const countCall = (state: Incidents, one: Incident, event: FeedEvent, at: number): void => {
  const next = { at, source: event.source, simulated: event.flags.includes('simulated') }
  if (one.counted && !isEarlier(next, one.counted)) return
  const before = one.counted && tallyOf(state, one.counted)
  if (before) {
    before.count -= 1
    if (one.counted!.simulated) before.simulated -= 1
  }
  one.counted = next
  const tally = tallyOf(state, next)
  if (!tally) return
  tally.count += 1
  if (next.simulated) tally.simulated += 1
  tally.newest = { id: event.id, at: event.at, seenAt: event.seenAt }
}

const report = (state: Incidents, one: Incident, event: FeedEvent, at: number): void => {
  countCall(state, one, event, at)
  stamp(one, 'reported', at)
  const known = one.report
  if (known && (known.at > at || (known.at === at && known.id > event.id))) return
  const { incident: _, ...body } = event.body as unknown as IncidentBodies['incident.reported']
  one.report = { at, id: event.id, ...body }
}

/** Fields that an audience may not have are absent, so none but `incident` is relied on. */
type Seen = { unit?: string; units?: string[]; from?: string; to?: string; into?: string }
type Rule = (one: Incident, at: number, seen: Seen, event: FeedEvent, state: Incidents) => void

const stepOfUnit =
  (step: Stamp): Rule =>
  (one, at, { unit }) => {
    stamp(one, step, at)
    putOn(one, unit, at)
  }

const rules: Record<keyof IncidentBodies, Rule> = {
  'incident.reported': (one, at, _, event, state) => report(state, one, event, at),
  'incident.dispatched': (one, at, { units }) => {
    stamp(one, 'dispatched', at)
    putAllOn(one, units, at)
  },
  'incident.reinforced': (one, at, { units }) => putAllOn(one, units, at),
  'incident.reassigned': (one, at, { from, to }) => {
    takeOff(one, from, at)
    putOn(one, to, at)
  },
  'incident.acknowledged': stepOfUnit('acknowledged'),
  'incident.enRoute': stepOfUnit('enRoute'),
  'incident.onScene': stepOfUnit('onScene'),
  'incident.unitCleared': (one, at, { unit }) => {
    stamp(one, 'cleared', at)
    takeOff(one, unit, at)
  },
  'incident.handled': (one, at) => stamp(one, 'handled', at),
  'incident.fedBack': (one, at) => stamp(one, 'fedBack', at),
  'incident.closed': (one, at) => end(one, 'closed', at),
  'incident.passedTo12345': (one, at) => end(one, 'passedTo12345', at),
  'incident.falseReport': (one, at) => end(one, 'falseReport', at),
  'incident.transferred': (one, at) => end(one, 'transferred', at),
  'incident.merged': (one, at, { into }) => end(one, 'merged', at, into),
  'incident.reopened': (one, at) => {
    one.reopenedAt = Math.max(one.reopenedAt ?? at, at)
  },
}

const hasExpired = (one: Incident, clockMs: number): boolean =>
  one.touchedAt < clockMs - (isOpen(one) ? openKeptMs : overKeptMs)

const drop = (state: Incidents, one: Incident): void => {
  if (isOpen(one)) state.abandoned += 1
  state.byNumber.delete(one.incident)
}

/** Once a minute of arrival time, so that the result does not depend on where a fold was cut in two. */
const prune = (state: Incidents): void => {
  if (state.clockMs - state.prunedAtMs < minuteMs) return
  state.prunedAtMs = state.clockMs
  for (const one of state.byNumber.values()) if (hasExpired(one, state.clockMs)) drop(state, one)
  for (const hour of state.callsByHour.keys()) {
    if (hour < state.clockMs - hoursKeptMs) state.callsByHour.delete(hour)
  }
  for (const [source, at] of state.heardAt) {
    if (at < state.clockMs - hoursKeptMs) state.heardAt.delete(source)
  }
}

const evolve = (state: Incidents, event: FeedEvent): void => {
  const at = timeOf(event)
  const number = event.body.incident as string
  const one = state.byNumber.get(number) ?? fresh(number)
  state.byNumber.set(number, one)
  rules[event.type as keyof IncidentBodies]?.(one, at, event.body as Seen, event, state)
  one.touchedAt = Math.max(one.touchedAt, at)
  one.sources.add(event.source)
  one.simulated ||= event.flags.includes('simulated')
  one.newest = { id: event.id, at: event.at, seenAt: event.seenAt }
  state.heardAt.set(event.source, Math.max(state.heardAt.get(event.source) ?? 0, event.seenAt))
  state.clockMs = Math.max(state.clockMs, event.seenAt)
  if (!isOpen(one) && hasExpired(one, state.clockMs)) drop(state, one)
  prune(state)
}

const redactIncident = (one: Incident): Incident => {
  if (!one.report) return { ...one, units: new Map() }
  const { lon: _lon, lat: _lat, summary: _summary, ...report } = one.report
  return { ...one, report, units: new Map() }
}

const redact = (state: Incidents, audience: Audience): Incidents =>
  audience !== 'visitor'
    ? state
    : {
        ...state,
        byNumber: new Map(Array.from(state.byNumber, ([key, one]) => [key, redactIncident(one)])),
      }

/** Live police incidents (警情), from the call to the filing. */
export const incidents: Topic<Incidents> = {
  name: 'incidents',
  stateVersion: 3,
  nouns: ['incident'],
  staleAfterMs: hourMs,
  initial,
  evolve,
  heard: (state) => state.heardAt,
  redact,
  figures: incidentFigures,
}
