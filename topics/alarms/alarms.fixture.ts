import type { Body, FeedEvent, Flag } from '#protocol/event.ts'
import { sceneNow } from '#protocol/scene.ts'
import { decodeState, encodeState } from '#protocol/snapshot.ts'
import { ownSource } from '#protocol/source.ts'
import type { FrozenScreen, Occasion } from '#protocol/topic.ts'
import type { Alarm } from './alarm.ts'
import { decide } from './alarms.decide.ts'
import { alarmWatch } from './alarms.watch.ts'
import type { Watch } from './watch.ts'

export const secondMs = 1000
export const minuteMs = 60 * secondMs

/** A tick at which no unit has sent a position and the door has nothing to tell. */
export const tickAt = (
  now: number,
  { listeningMs = 0, frozen = [] }: { listeningMs?: number; frozen?: readonly FrozenScreen[] },
): Occasion => ({
  kind: 'tick',
  now,
  fixes: [],
  lastFix: () => null,
  door: { openedAt: 0, listeningMs, turnedAwayAt: null, tallies: [] },
  frozen,
})

/** The rules and a desk, a second at a time, with no server. */
export const createDesk = () => {
  let state = alarmWatch.initial() as Watch
  let now = sceneNow
  let seq = 0
  const journal: FeedEvent[] = []
  const ids = new Set<string>()

  const apply = (
    id: string,
    type: string,
    body: Body,
    source: string,
    flags: Flag[],
    at: number,
  ) => {
    if (ids.has(id)) return
    ids.add(id)
    seq += 1
    const event = { seq, id, type, at, seenAt: now, source, flags, body }
    journal.push(event)
    alarmWatch.evolve(state, event)
  }
  let frozen: readonly FrozenScreen[] = []

  return {
    journal,
    get now() {
      return now
    },
    get open(): Alarm[] {
      return Array.from(state.alarms.open.values())
    },
    get state() {
      return state.alarms
    },
    of: (type: string) => journal.filter((event) => event.type === `alarm.${type}`),
    /** Something is told by a source, now or `agoMs` ago. */
    tell(type: string, body: Body, { agoMs = 0, flags = [] as Flag[], source = 'test' } = {}) {
      apply(`told-${seq}`, type, body, source, flags, now - agoMs)
    },
    pass(ms: number) {
      for (const until = now + ms; now < until; ) {
        now += secondMs
        const occasion = tickAt(now, { frozen })
        for (const { id, type, at, body, simulated } of alarmWatch.react!(state, occasion)) {
          const flags: Flag[] = simulated ? ['simulated'] : []
          apply(id, type, { ...body, cause: 'tick' }, ownSource, flags, at)
        }
      }
    },
    /** What the server knows of its screens from now on. */
    freeze(...screens: FrozenScreen[]) {
      frozen = screens
    },
    /** The server starts anew from a checkpoint: what only memory held is gone. */
    restart() {
      state = decodeState(JSON.parse(JSON.stringify(encodeState(state)))) as Watch
    },
    command(type: string, body: Body = {}, kind: 'operator' | 'screen' = 'operator') {
      const actor = { kind, name: 'desk-2' }
      const decision = decide(state.alarms, { type: `alarm.${type}`, actor, body }, now)
      if ('events' in decision) {
        for (const decided of decision.events) {
          const of = { ...decided.body, actor, command: 'd' }
          apply(`command-${seq}`, decided.type, of, ownSource, [], now)
        }
      }
      return decision
    },
  }
}

export const reportOf = (incident: string, level: number): Body => ({
  incident,
  category: 'traffic',
  level,
  lon: 101.6,
  lat: 21.2,
  division: '532823105',
  summary: '占用车道',
})
