import { midnightOf, minuteMs } from '#protocol/beijing.ts'
import type { Occasion, Reaction } from '#protocol/topic.ts'
import type { Fix } from '#protocol/track.ts'
import { checkpointBy } from './checkpoints.ts'
import {
  isOnDuty,
  isOverdue,
  isSilent,
  lacksFix,
  type Patrols,
  type Spell,
  type Unit,
} from './patrol.ts'
import type { PatrolBodies } from './patrols.events.ts'
import { roundOf, roundPauseMs, roundWithinMs } from './rounds.ts'

/** On duty, and no position measured for this long: no fix. */
export const noFixAfterMs = 5 * minuteMs
/** On duty, and neither a position nor a word for this long: silent. */
export const silentAfterMs = 30 * minuteMs
/** Due back this long ago, and duty not ended: overdue. */
export const overdueAfterMs = 5 * minuteMs
/** Sending positions for this long without being on the roster: unrostered. Units switch on before they sign on. */
export const unrosteredAfterMs = 10 * minuteMs
/** Off duty, a unit may go on sending for this long: it is on its way home. */
export const wayHomeMs = 30 * minuteMs
/** While history is being sent in, and for this long after it, nothing is judged: the roster is not whole yet. */
export const historyRestMs = minuteMs
/** More than this many at once wait for the next tick. */
const atMost = 500

type Tick = Extract<Occasion, { kind: 'tick' }>

/**
 * What the reactor remembers and no event says: since when it hears the lane, which forgets at a restart, and since
 * when it hears each stranger. Without it every unit would have lost its fix when the server starts. To forget it
 * only delays a reaction, and never changes one.
 */
interface Memory {
  sinceMs: number
  strangersSince: Map<string, number>
}
const memories = new WeakMap<Patrols, Memory>()

const memoryOf = (state: Patrols, now: number): Memory => {
  const known = memories.get(state)
  if (known) return known
  const memory: Memory = { sinceMs: now, strangersSince: new Map() }
  memories.set(state, memory)
  return memory
}

type Said<Type extends keyof PatrolBodies> = Omit<PatrolBodies[Type], 'cause'>

/** `key`: what tells this event from any other of its type. */
const reaction = <Type extends keyof PatrolBodies>(
  type: Type,
  key: string,
  at: number,
  simulated: boolean,
  body: Said<Type>,
): Reaction => ({ id: `${type}:${key}`, type, at, simulated, body: body as Reaction['body'] })

/**
 * The end of what the lane can speak of: its newest arrival. When it brings nothing from anybody that is a fault of
 * the lane, and no unit is judged by it.
 */
const reachOf = (units: readonly Unit[], { fixes, lastFix, now }: Tick): number => {
  let reachMs = 0
  for (const { seenAt } of fixes) reachMs = Math.max(reachMs, seenAt)
  for (const { unit } of units) reachMs = Math.max(reachMs, lastFix(unit)?.seenAt ?? 0)
  return Math.min(reachMs, now)
}

/** A condition of one unit: when the last sign against it was, and after how long without one it holds. */
interface Watch {
  began: 'patrol.fixLost' | 'patrol.fellSilent'
  over: 'patrol.fixRegained' | 'patrol.heardAgain'
  isIn: boolean
  spell: Spell
  signAt: number
  afterMs: number
}

const watchesOf = (one: Unit, fix: Fix | null): Watch[] => [
  {
    began: 'patrol.fixLost',
    over: 'patrol.fixRegained',
    isIn: lacksFix(one),
    spell: one.fixLost,
    // an old position that is sent again is no new one
    signAt: fix ? Math.min(fix.at, fix.seenAt) : 0,
    afterMs: noFixAfterMs,
  },
  {
    began: 'patrol.fellSilent',
    over: 'patrol.heardAgain',
    isIn: isSilent(one),
    spell: one.silent,
    signAt: Math.max(one.wordAt, fix?.seenAt ?? 0),
    afterMs: silentAfterMs,
  },
]

const reactToSigns = (one: Unit, fix: Fix | null, reachMs: number, sinceMs: number): Reaction[] =>
  watchesOf(one, fix).flatMap(({ began, over, isIn, spell, signAt, afterMs }) => {
    const { unit, simulated } = one
    if (isIn) {
      const isNew = signAt > spell.fromMs - afterMs
      // half, so that a sign that is always about that old does not end and begin it without end
      if (!isNew || reachMs - signAt >= afterMs / 2) return []
      const at = Math.max(signAt, spell.fromMs)
      return [reaction(over, `${unit}:${spell.fromMs}`, at, simulated, { unit })]
    }
    // the lane forgets at a restart; what the journal knows of an earlier sign stays
    const lastAt = Math.max(signAt, one.start!.at, spell.toMs)
    if (reachMs - Math.max(lastAt, sinceMs) <= afterMs) return []
    return [reaction(began, `${unit}:${lastAt}`, lastAt + afterMs, simulated, { unit })]
  })

const reactToDue = (one: Unit, now: number): Reaction[] => {
  const { unit, simulated } = one
  const { dueAt, at: startedAt } = one.start!
  if (dueAt === undefined || isOverdue(one) || now - dueAt <= overdueAfterMs) return []
  const key = `${unit}:${startedAt}:${dueAt}`
  return [reaction('patrol.fellOverdue', key, dueAt + overdueAfterMs, simulated, { unit, dueAt })]
}

const reactToPlace = (state: Patrols, one: Unit, fix: Fix): Reaction[] => {
  const checkpoint = checkpointBy(fix.lon, fix.lat)
  if (!checkpoint) return []
  const at = Math.min(fix.at, fix.seenAt)
  const { segment, checkpoint: number } = checkpoint
  const { lastPass, unit } = one
  const isThereStill =
    lastPass?.segment === segment &&
    lastPass.checkpoint === number &&
    at - lastPass.at < roundWithinMs
  const rests = at - (state.segments.get(segment)?.at ?? 0) < roundPauseMs
  if (isThereStill || rests) return []
  const key = `${unit}:${segment}-${number}:${at}`
  const body = { unit, segment, checkpoint: number }
  return [reaction('patrol.checkpointPassed', key, at, fix.simulated, body)]
}

const reactToRounds = (state: Patrols): Reaction[] =>
  Array.from(state.passes).flatMap(([segment, passes]) => {
    const sinceMs = state.segments.get(segment)?.at ?? 0
    const at = roundOf(passes, sinceMs)
    if (at === null) return []
    const simulated = passes.some((pass) => pass.at > sinceMs && pass.simulated)
    return [reaction('patrol.segmentPatrolled', `${segment}:${at}`, at, simulated, { segment })]
  })

const reactToStrangers = (state: Patrols, { fixes, lastFix, now }: Tick, memory: Memory) => {
  const { strangersSince } = memory
  for (const unit of strangersSince.keys()) {
    if (now - (lastFix(unit)?.seenAt ?? 0) > unrosteredAfterMs) strangersSince.delete(unit)
  }
  return fixes.flatMap(({ unit, seenAt, simulated }): Reaction[] => {
    const one = state.units.get(unit)
    if (one && (isOnDuty(one) || seenAt - one.endedAt < wayHomeMs)) {
      strangersSince.delete(unit)
      return []
    }
    const sinceMs = strangersSince.get(unit) ?? seenAt
    strangersSince.set(unit, sinceMs)
    const day = midnightOf(seenAt)
    if (seenAt - sinceMs < unrosteredAfterMs || state.strangers.get(unit)?.day === day) return []
    return [reaction('patrol.unrosteredSeen', `${unit}:${day}`, seenAt, simulated, { unit })]
  })
}

/** Everything is noticed on a tick: it sees the state after every event, and one that was missed comes again. */
export const reactToPatrols = (state: Patrols, occasion: Occasion): Reaction[] => {
  if (occasion.kind !== 'tick') return []
  const { now, fixes, lastFix } = occasion
  const memory = memoryOf(state, now)
  if (now - state.historyAtMs < historyRestMs) return []
  const onDuty = Array.from(state.units.values()).filter(isOnDuty)
  const reachMs = reachOf(onDuty, occasion)
  return [
    ...onDuty.flatMap((one) => [
      ...reactToSigns(one, lastFix(one.unit), reachMs, memory.sinceMs),
      ...reactToDue(one, now),
    ]),
    ...fixes.flatMap((fix) => {
      const one = state.units.get(fix.unit)
      return one && isOnDuty(one) ? reactToPlace(state, one, fix) : []
    }),
    ...reactToRounds(state),
    ...reactToStrangers(state, occasion, memory),
  ].slice(0, atMost)
}
