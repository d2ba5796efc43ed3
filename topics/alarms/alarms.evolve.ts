import type { FeedEvent } from '#protocol/event.ts'
import { ownSource } from '#protocol/source.ts'
import { type Alarm, type Alarms, isOver, keyOf, type Told } from './alarm.ts'
import type { Priority } from './alarms.codes.ts'
import type { AlarmBodies } from './alarms.events.ts'
import { beganFlood, count, endedFlood, noLoad, prune } from './load.ts'

/** No more than so many stand at once; beyond it the oldest that is only suppressed goes. */
const openAtMost = 5000

export const initial = (): Alarms => ({
  open: new Map(),
  load: noLoad(),
  silencedAt: 0,
  watchedAt: 0,
  watchedSince: 0,
  clockMs: 0,
})

/** What an audience may not have is absent. */
type Seen<Type extends keyof AlarmBodies> = Partial<AlarmBodies[Type]> & { alarm: string }

const toldOf = (body: Seen<'alarm.raised'>): Told | undefined => {
  const { rule, of, subject, since, owner, division, lon, lat, category, summary, sources } = body
  if (rule === undefined) return undefined
  return {
    rule,
    of: of!,
    subject: subject!,
    since: since!,
    owner: owner!,
    ...(division !== undefined && { division }),
    ...(lon !== undefined && { lon }),
    ...(lat !== undefined && { lat }),
    ...(category !== undefined && { category }),
    ...(summary !== undefined && { summary }),
    ...(sources !== undefined && { sources }),
  }
}

const raise = (state: Alarms, event: FeedEvent): void => {
  const body = event.body as unknown as Seen<'alarm.raised'>
  const told = toldOf(body)
  if (told) {
    const { at } = event
    const key = keyOf(told.rule, told.subject)
    count(state.load, at, body.priority as Priority, key, body.parent === undefined)
  }
  // of what is not for this audience nothing stays
  if ((!told && !body.shown) || state.open.has(body.alarm)) return
  const raising = { id: event.id, at: event.at, seenAt: event.seenAt }
  state.open.set(body.alarm, {
    alarm: body.alarm,
    priority: told ? (body.priority as Priority) : 1,
    ...(told && { told }),
    ...(body.shown && { shown: body.shown as NonNullable<Alarm['shown']> }),
    raisedAt: event.at,
    announcedAt: event.at,
    announcements: 1,
    ackedAt: 0,
    clearedAt: 0,
    isEscalated: false,
    ...(body.parent !== undefined && { parent: body.parent }),
    simulated: event.flags.includes('simulated'),
    raising,
    newest: raising,
  })
}

const announce = (one: Alarm, at: number): void => {
  one.announcedAt = Math.max(one.announcedAt, at)
  one.announcements += 1
}

type Rule = (one: Alarm, event: FeedEvent) => void
type OfOne = Exclude<
  keyof AlarmBodies,
  'alarm.raised' | 'alarm.silenced' | 'alarm.floodBegan' | 'alarm.floodEnded' | 'alarm.watched'
>

const rules: Record<OfOne, Rule> = {
  'alarm.reannounced': (one, { at, body }) => {
    announce(one, at)
    one.clearedAt = 0
    if (body.reason === 'not-dispatched') one.isEscalated = true
    // somebody took it on, and yet nothing has come of it; or it began anew
    if (body.reason !== 'unacknowledged') {
      one.ackedAt = 0
      delete one.ackedBy
    }
  },
  'alarm.cleared': (one, { at }) => {
    one.clearedAt = at
  },
  'alarm.released': (one, { at, body }) => {
    if (one.parent === undefined) return
    if (typeof body.parent === 'string') one.parent = body.parent
    else {
      delete one.parent
      announce(one, at)
    }
  },
  'alarm.acknowledged': (one, { at, body }) => {
    one.ackedAt = at
    const { actor } = body as { actor?: { name: string } }
    if (actor) one.ackedBy = actor.name
  },
  'alarm.shelved': (one, { body }) => {
    const { until, reason, text, actor } = body as unknown as Partial<AlarmBodies['alarm.shelved']>
    if (until === undefined) return
    one.shelf = { until, reason: reason!, by: actor!.name, ...(text !== undefined && { text }) }
  },
  'alarm.unshelved': (one, { at }) => {
    if (!one.shelf) return
    delete one.shelf
    announce(one, at)
  },
}

const bound = (open: Map<string, Alarm>): void => {
  if (open.size <= openAtMost) return
  for (const [alarm, { parent }] of open) {
    if (parent === undefined) continue
    open.delete(alarm)
    return
  }
}

/** Only the server's own word counts: nobody else may raise, acknowledge or shelve by the door of events. */
export const evolve = (state: Alarms, event: FeedEvent): void => {
  if (event.source !== ownSource) return
  const { type, at, seenAt, body } = event
  state.clockMs = Math.max(state.clockMs, seenAt)
  if (type === 'alarm.raised') raise(state, event)
  else if (type === 'alarm.silenced') {
    if (body.actor) state.silencedAt = Math.max(state.silencedAt, at)
  } else if (body.cause !== undefined && type === 'alarm.floodBegan') beganFlood(state.load, at)
  else if (body.cause !== undefined && type === 'alarm.floodEnded') endedFlood(state.load, at)
  else if (type === 'alarm.watched') {
    if (body.rules !== undefined) {
      state.watchedAt = Math.max(state.watchedAt, seenAt)
      state.watchedSince = Math.min(state.watchedSince || seenAt, seenAt)
    }
  } else {
    const one = state.open.get(body.alarm as string)
    if (one) {
      rules[type as OfOne]?.(one, event)
      one.newest = { id: event.id, at, seenAt }
      if (isOver(one)) state.open.delete(one.alarm)
    }
  }
  bound(state.open)
  prune(state.load, state.clockMs)
}
