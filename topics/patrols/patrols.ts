import { dayMs, hourMs, midnightOf, minuteMs } from '#protocol/beijing.ts'
import { effectiveAt, type FeedEvent } from '#protocol/event.ts'
import type { Topic } from '#protocol/topic.ts'
import { isOnDuty, type Patrols, type RollCalls, type Spell, type Unit } from './patrol.ts'
import type { Status } from './patrols.codes.ts'
import type { PatrolBodies, SaidType } from './patrols.events.ts'
import { patrolFigures } from './patrols.figures.ts'
import { reactToPatrols } from './patrols.react.ts'
import { roundWithinMs } from './rounds.ts'

/** Off duty, a unit leaves the state when nothing of it has come for this long: what is late may come before its start. */
export const endedKeptMs = 3 * hourMs
/** A unit on duty stays on the roster; one of which nothing came for this long is counted as abandoned. */
export const dutyKeptMs = 7 * dayMs
/** Yesterday's roll-calls and strangers are kept, those before it are not. */
const daysKeptMs = dayMs
const heardKeptMs = 29 * dayMs

const initial = (): Patrols => ({
  units: new Map(),
  passes: new Map(),
  segments: new Map(),
  strangers: new Map(),
  rollCalls: new Map(),
  knowsUnits: false,
  abandoned: 0,
  historyAtMs: 0,
  heardAt: new Map(),
  clockMs: 0,
  prunedAtMs: 0,
})

const never = (): Spell => ({ fromMs: 0, toMs: 0 })

const fresh = (unit: string): Unit => ({
  unit,
  start: null,
  endedAt: 0,
  status: null,
  wordAt: 0,
  fixLost: never(),
  silent: never(),
  missedDueAt: null,
  lastPass: null,
  touchedAt: 0,
  cameAt: 0,
  sources: new Set(),
  simulated: false,
  newest: { id: '', at: 0, seenAt: 0 },
})

/** Whether what is known is later; of two at the same time the greater id counts. */
const isLater = (known: { at: number; id: string } | null, at: number, id: string): boolean =>
  known !== null && (known.at > at || (known.at === at && known.id > id))

const newestOf = ({ id, at, seenAt }: FeedEvent) => ({ id, at, seenAt })

const began = (spell: Spell, at: number): void => {
  spell.fromMs = Math.max(spell.fromMs, at)
}
const ended = (spell: Spell, at: number): void => {
  spell.toMs = Math.max(spell.toMs, at)
}
const spoke = (one: Unit, at: number, event: FeedEvent): void => {
  // a clock that is ahead must not make a unit heard in time to come
  one.wordAt = Math.max(one.wordAt, Math.min(at, event.seenAt))
}

const start = (state: Patrols, one: Unit, at: number, event: FeedEvent): void => {
  spoke(one, at, event)
  const stranger = state.strangers.get(one.unit)
  if (stranger) stranger.isRostered = true
  if (isLater(one.start, at, event.id)) return
  const { unit: _, ...body } = event.body as unknown as PatrolBodies['patrol.started']
  one.start = { at, id: event.id, ...(body as Omit<NonNullable<Unit['start']>, 'at' | 'id'>) }
}

const callRoll = (state: Patrols, at: number, answered: boolean, event: FeedEvent): void => {
  const day = midnightOf(at)
  const bySource = state.rollCalls.get(day) ?? new Map<string, RollCalls>()
  state.rollCalls.set(day, bySource)
  const calls = bySource.get(event.source) ?? { count: 0, answered: 0, simulated: 0, newest: null }
  bySource.set(event.source, calls)
  calls.count += 1
  if (answered) calls.answered += 1
  if (event.flags.includes('simulated')) calls.simulated += 1
  calls.newest = newestOf(event)
}

const seeStranger = (state: Patrols, unit: string, at: number, event: FeedEvent): void => {
  const day = midnightOf(at)
  if ((state.strangers.get(unit)?.day ?? -1) >= day) return
  const { source } = event
  const simulated = event.flags.includes('simulated')
  state.strangers.set(unit, { day, isRostered: false, source, simulated, newest: newestOf(event) })
}

const pass = (state: Patrols, one: Unit, at: number, event: FeedEvent): void => {
  const { segment, checkpoint } = event.body as unknown as PatrolBodies['patrol.checkpointPassed']
  if (!one.lastPass || one.lastPass.at <= at) one.lastPass = { segment, checkpoint, at }
  const passes = state.passes.get(segment) ?? []
  const known = passes.find((its) => its.unit === one.unit && its.checkpoint === checkpoint)
  if (known) known.at = Math.max(known.at, at)
  else {
    const simulated = event.flags.includes('simulated')
    passes.push({ unit: one.unit, checkpoint, at, simulated })
  }
  state.passes.set(segment, passes)
}

const patrolSegment = (state: Patrols, segment: string, at: number, event: FeedEvent): void => {
  if ((state.segments.get(segment)?.at ?? 0) > at) return
  const { source } = event
  const simulated = event.flags.includes('simulated')
  state.segments.set(segment, { at, source, simulated, newest: newestOf(event) })
}

type UnitType = Exclude<keyof PatrolBodies, 'patrol.segmentPatrolled' | 'patrol.unrosteredSeen'>
type Rule = (one: Unit, at: number, event: FeedEvent, state: Patrols) => void

const rules: Record<UnitType, Rule> = {
  'patrol.started': (one, at, event, state) => start(state, one, at, event),
  'patrol.ended': (one, at) => {
    one.endedAt = Math.max(one.endedAt, at)
  },
  'patrol.statusChanged': (one, at, event) => {
    spoke(one, at, event)
    if (isLater(one.status, at, event.id)) return
    one.status = { at, id: event.id, status: event.body.status as Status }
  },
  'patrol.rollCalled': (one, at, event, state) => {
    const answered = event.body.answered === true
    if (answered) spoke(one, at, event)
    callRoll(state, at, answered, event)
  },
  'patrol.fixLost': (one, at) => began(one.fixLost, at),
  'patrol.fixRegained': (one, at) => ended(one.fixLost, at),
  'patrol.fellSilent': (one, at) => began(one.silent, at),
  'patrol.heardAgain': (one, at) => ended(one.silent, at),
  'patrol.fellOverdue': (one, _, { body }) => {
    one.missedDueAt = body.dueAt as number
  },
  'patrol.checkpointPassed': (one, at, event, state) => pass(state, one, at, event),
}

/** What units and stations say; the rest is the server's own, and no sign of life of a source. */
const saidTypes: Record<SaidType, true> = {
  'patrol.started': true,
  'patrol.ended': true,
  'patrol.statusChanged': true,
  'patrol.rollCalled': true,
}

const hasExpired = (one: Unit, clockMs: number): boolean =>
  isOnDuty(one) ? one.touchedAt < clockMs - dutyKeptMs : one.cameAt < clockMs - endedKeptMs

const drop = (state: Patrols, one: Unit): void => {
  if (isOnDuty(one)) state.abandoned += 1
  state.units.delete(one.unit)
}

/** Once a minute of arrival time, so that the result does not depend on where a fold was cut in two. */
const prune = (state: Patrols): void => {
  const { clockMs } = state
  if (clockMs - state.prunedAtMs < minuteMs) return
  state.prunedAtMs = clockMs
  for (const one of state.units.values()) if (hasExpired(one, clockMs)) drop(state, one)
  for (const [segment, passes] of state.passes) {
    const kept = passes.filter(({ at }) => at >= clockMs - roundWithinMs)
    if (kept.length > 0) state.passes.set(segment, kept)
    else state.passes.delete(segment)
  }
  const oldestDay = midnightOf(clockMs) - daysKeptMs
  for (const [unit, { day }] of state.strangers) if (day < oldestDay) state.strangers.delete(unit)
  for (const day of state.rollCalls.keys()) if (day < oldestDay) state.rollCalls.delete(day)
  for (const [source, at] of state.heardAt) {
    if (at < clockMs - heardKeptMs) state.heardAt.delete(source)
  }
}

const evolveUnit = (state: Patrols, unit: string, at: number, event: FeedEvent): void => {
  const one = state.units.get(unit) ?? fresh(unit)
  state.units.set(unit, one)
  rules[event.type as UnitType]?.(one, at, event, state)
  one.touchedAt = Math.max(one.touchedAt, at)
  one.cameAt = Math.max(one.cameAt, event.seenAt)
  one.sources.add(event.source)
  one.simulated ||= event.flags.includes('simulated')
  one.newest = newestOf(event)
  if (!isOnDuty(one) && hasExpired(one, state.clockMs)) drop(state, one)
}

const evolve = (state: Patrols, event: FeedEvent): void => {
  const at = effectiveAt(event)
  const { type, source, seenAt, body } = event
  state.clockMs = Math.max(state.clockMs, seenAt)
  if (type in saidTypes) {
    state.heardAt.set(source, Math.max(state.heardAt.get(source) ?? 0, seenAt))
    if (event.flags.includes('backfill')) state.historyAtMs = Math.max(state.historyAtMs, seenAt)
  }
  if (typeof body.unit === 'string') {
    state.knowsUnits = true
    if (type === 'patrol.unrosteredSeen') seeStranger(state, body.unit, at, event)
    else evolveUnit(state, body.unit, at, event)
  } else if (typeof body.segment === 'string') patrolSegment(state, body.segment, at, event)
  prune(state)
}

/** Own forces on duty, and the border segments that they patrol. */
export const patrols: Topic<Patrols> = {
  name: 'patrols',
  stateVersion: 2,
  nouns: ['patrol'],
  staleAfterMs: hourMs,
  initial,
  evolve,
  react: reactToPatrols,
  heard: (state) => state.heardAt,
  // where own forces are, and where they were not, is nothing for visitors: not even a number
  servedTo: ['visitor'],
  keptFrom: { visitor: Object.keys(patrolFigures) },
  redact: (state, audience) => (audience === 'visitor' ? initial() : state),
  figures: patrolFigures,
}
