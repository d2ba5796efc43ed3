import { minuteMs } from '#protocol/beijing.ts'
import { ownSource } from '#protocol/source.ts'
import type { Occasion, Reaction } from '#protocol/topic.ts'
import { type Alarm, keyOf } from './alarm.ts'
import { nameOf } from './alarm-name.ts'
import { type AgainReason, sourcesAtMost } from './alarms.codes.ts'
import type { AlarmBodies } from './alarms.events.ts'
import { rules } from './alarms.rules.ts'
import { floodAbove, floodEndsBelow, isFlood, raisedIn, tenMinutesMs } from './load.ts'
import { type Holding, type Rule, shownOf } from './rule.ts'
import type { Watch } from './watch.ts'

/** What history tells of a thing is judged only when it has told nothing of it for so long, ms: live words are judged at once. */
export const historyRestMs = minuteMs
/** Not acknowledged, it is told again after so long, by priority; then after twice that, and so on up to an hour. */
export const againAfterMs: Record<number, number> = { 1: 3 * minuteMs, 2: 15 * minuteMs }
const againAtMostMs = 60 * minuteMs
/** When the alarm above it is over, what stood under it is given so long to be over too, ms. */
const releaseAfterMs = 2 * minuteMs
/** More than this many at once wait for the next tick. */
const atMost = 500

/**
 * What the reactor remembers and no event says: since when something does not hold any more. To forget it only delays
 * a reaction, and never changes one.
 */
interface Memory {
  missingSince: Map<string, number>
  /** the same of the alarm above others */
  endedSince: Map<string, number>
}
const memories = new WeakMap<Watch, Memory>()
const memoryOf = (state: Watch): Memory => {
  const known = memories.get(state) ?? { missingSince: new Map(), endedSince: new Map() }
  memories.set(state, known)
  return known
}

type Tick = Extract<Occasion, { kind: 'tick' }>
type Said<Type extends keyof AlarmBodies> = Omit<AlarmBodies[Type], 'cause'>

/** `key`: what tells this event from any other of its type. */
const reaction = <Type extends keyof AlarmBodies>(
  type: Type,
  key: string,
  at: number,
  simulated: boolean,
  body: Said<Type>,
): Reaction => ({ id: `${type}:${key}`, type, at, simulated, body: body as Reaction['body'] })

const countyOf = ({ division }: { division?: string }): string => division?.slice(0, 6) ?? ''

const isHead = (one: Alarm): boolean =>
  one.parent === undefined && one.clearedAt === 0 && one.shelf === undefined

/** One look at everything: what is raised in it counts for what comes after it in the same look. */
const createLook = (state: Watch, now: number) => {
  const { open, load } = state.alarms
  const byKey = new Map<string, Alarm>()
  const heads = new Map<string, string>()
  const groupOf = (rule: string, of: { division?: string }) => `${rule} ${countyOf(of)}`
  for (const one of open.values()) {
    const { rule, subject } = one.told!
    byKey.set(keyOf(rule, subject), one)
    const group = groupOf(rule, one.told!)
    if (isHead(one) && !heads.has(group)) heads.set(group, one.alarm)
  }
  let raised = raisedIn(load, now - tenMinutesMs, now + minuteMs)

  /** The alarm that speaks for a new one: of its silent source, or in a flood the first of its kind and county. */
  const parentOf = (rule: Rule, holding: Holding): string | undefined => {
    for (const source of holding.sources ?? [holding.subject]) {
      for (const parent of rule.parents) {
        const above = byKey.get(keyOf(parent, source))
        if (above && above.clearedAt === 0) return above.alarm
      }
    }
    if (rule.priority === 1) return undefined
    if (!isFlood(load) && raised < floodAbove) return undefined
    return heads.get(groupOf(rule.id, holding))
  }

  return {
    alarmOf: (rule: string, subject: string): Alarm | undefined => byKey.get(keyOf(rule, subject)),
    raise(rule: Rule, holding: Holding): Reaction {
      const { subject, sinceMs, fact, division, lon, lat, category, summary } = holding
      const alarm = nameOf(rule.id, subject, sinceMs)
      const parent = parentOf(rule, holding)
      const shown = shownOf(rule, holding)
      const sources = Array.from(fact.sources)
        .filter((source) => source !== ownSource)
        .slice(0, sourcesAtMost)
        .sort()
      raised += 1
      const group = groupOf(rule.id, holding)
      if (parent === undefined && !heads.has(group)) heads.set(group, alarm)
      return reaction('alarm.raised', alarm, now, fact.simulated, {
        alarm,
        rule: rule.id,
        priority: rule.priority,
        of: rule.of,
        subject,
        since: Math.floor(sinceMs),
        response: rule.id,
        owner: rule.owner,
        ...(division !== undefined && { division }),
        ...(lon !== undefined && { lon }),
        ...(lat !== undefined && { lat }),
        ...(category !== undefined && { category }),
        ...(summary !== undefined && { summary }),
        ...(sources.length > 0 && { sources }),
        ...(parent !== undefined && { parent }),
        ...(shown && { shown }),
      })
    },
  }
}

const again = (one: Alarm, reason: AgainReason, now: number): Reaction =>
  reaction('alarm.reannounced', `${one.alarm}:${one.announcements}`, now, one.simulated, {
    alarm: one.alarm,
    reason,
  })

/** What holds is raised after its delay; what an alarm stands for already is told again, or let be. */
const judge = (
  state: Watch,
  { now, frozen }: Tick,
): { reactions: Reaction[]; held: ReadonlySet<string> } => {
  const look = createLook(state, now)
  const reactions: Reaction[] = []
  const held = new Set<string>()
  for (const rule of rules) {
    const stands = (subject: string) => look.alarmOf(rule.id, subject) !== undefined
    for (const holding of rule.holds(state.facts, { now, frozen, stands })) {
      const { subject, sinceMs, fact, isUnanswered } = holding
      const key = keyOf(rule.id, subject)
      held.add(key)
      const one = look.alarmOf(rule.id, subject)
      const isOld = now - fact.historyAt < historyRestMs
      if (one) {
        const mayEscalate = rule.escalatesAfterMs !== undefined && isUnanswered && !one.isEscalated
        if (one.clearedAt > 0) reactions.push(again(one, 'returned', now))
        else if (mayEscalate && now - one.raisedAt >= rule.escalatesAfterMs!)
          reactions.push(again(one, 'not-dispatched', now))
        continue
      }
      if (isOld || now - sinceMs < rule.onDelayMs) continue
      if (state.raised.has(nameOf(rule.id, subject, sinceMs))) continue
      reactions.push(look.raise(rule, holding))
    }
  }
  return { reactions, held }
}

const offDelays = new Map<string, number>(rules.map(({ id, offDelayMs }) => [id, offDelayMs]))

/** What does not hold any more is over after its delay. */
const clear = (state: Watch, held: ReadonlySet<string>, now: number): Reaction[] => {
  const { missingSince } = memoryOf(state)
  const reactions: Reaction[] = []
  for (const one of state.alarms.open.values()) {
    const { rule, subject } = one.told!
    if (one.clearedAt > 0 || held.has(keyOf(rule, subject))) {
      missingSince.delete(one.alarm)
      continue
    }
    const sinceMs = missingSince.get(one.alarm) ?? now
    missingSince.set(one.alarm, sinceMs)
    if (now - sinceMs < (offDelays.get(rule) ?? 0)) continue
    const key = `${one.alarm}:${one.announcements}`
    reactions.push(reaction('alarm.cleared', key, now, one.simulated, { alarm: one.alarm }))
  }
  for (const alarm of missingSince.keys()) {
    if (!state.alarms.open.has(alarm)) missingSince.delete(alarm)
  }
  return reactions
}

const remind = (one: Alarm, now: number): Reaction[] => {
  const firstMs = againAfterMs[one.priority]
  if (firstMs === undefined || one.ackedAt > 0 || !isHead(one)) return []
  const afterMs = Math.min(firstMs * 2 ** (one.announcements - 1), againAtMostMs)
  return now - one.announcedAt < afterMs ? [] : [again(one, 'unacknowledged', now)]
}

const unshelve = (one: Alarm, now: number): Reaction[] =>
  one.shelf && one.shelf.until <= now
    ? [
        reaction('alarm.unshelved', `${one.alarm}:${one.shelf.until}`, now, one.simulated, {
          alarm: one.alarm,
          reason: 'expired',
        }),
      ]
    : []

/** What stood under an alarm that is over stands for itself; many of them stand under the first of them. */
const release = ({ alarms: { open } }: Watch, memory: Memory, now: number): Reaction[] => {
  const orphans = new Map<string, Alarm[]>()
  for (const one of open.values()) {
    if (one.parent === undefined || one.clearedAt > 0) continue
    const above = open.get(one.parent)
    if (above && above.clearedAt === 0) {
      memory.endedSince.delete(one.parent)
      continue
    }
    orphans.set(one.parent, [...(orphans.get(one.parent) ?? []), one])
  }
  return Array.from(orphans).flatMap(([from, some]) => {
    const sinceMs = memory.endedSince.get(from) ?? now
    memory.endedSince.set(from, sinceMs)
    if (now - sinceMs < releaseAfterMs) return []
    memory.endedSince.delete(from)
    const [first, ...rest] = some as [Alarm, ...Alarm[]]
    const isMany = some.length >= floodEndsBelow
    const told = (one: Alarm, parent?: string) =>
      reaction('alarm.released', `${one.alarm}:${from}`, now, one.simulated, {
        alarm: one.alarm,
        from,
        ...(parent !== undefined && { parent }),
      })
    return [told(first), ...rest.map((one) => told(one, isMany ? first.alarm : undefined))]
  })
}

const judgeLoad = ({ alarms: { load, open } }: Watch, now: number): Reaction[] => {
  const count = raisedIn(load, now - tenMinutesMs, now + minuteMs)
  const last = load.floods.at(-1)
  const simulated = Array.from(open.values()).every((one) => one.simulated)
  if (!isFlood(load) && count > floodAbove) {
    return [reaction('alarm.floodBegan', `after-${last?.toMs ?? 0}`, now, simulated, {})]
  }
  if (isFlood(load) && count < floodEndsBelow) {
    return [reaction('alarm.floodEnded', `${last!.fromMs}`, now, simulated, {})]
  }
  return []
}

/** Says now and then that somebody looks: what is not told for want of a watch must not look like calm. */
const keepWatch = ({ alarms: { watchedAt } }: Watch, now: number): Reaction[] => {
  if (now - watchedAt < tenMinutesMs) return []
  const key = String(Math.floor(now / tenMinutesMs))
  return [reaction('alarm.watched', `${key}:${watchedAt}`, now, false, { rules: rules.length })]
}

/** Everything is noticed on a tick: it sees the state after every event, and one that was missed comes again. */
export const reactToFacts = (state: Watch, occasion: Occasion): Reaction[] => {
  if (occasion.kind !== 'tick') return []
  const { now } = occasion
  const { reactions, held } = judge(state, occasion)
  const open = Array.from(state.alarms.open.values())
  return [
    ...keepWatch(state, now),
    ...judgeLoad(state, now),
    ...clear(state, held, now),
    ...open.flatMap((one) => [...unshelve(one, now), ...remind(one, now)]),
    ...release(state, memoryOf(state), now),
    ...reactions,
  ].slice(0, atMost)
}
