import { dayMs, hourMs, toMinute } from '#protocol/beijing.ts'
import type { Figure, Provenance } from '#protocol/figure.ts'
import { type Part, provenanceOf } from '#protocol/provenance.ts'
import { ownSource } from '#protocol/source.ts'
import { type Alarm, type Alarms, isListed, isUnacked, sourcesOf } from './alarm.ts'
import { floodShare, tenMinutesMs, toldIn, topTen } from './load.ts'

/** Its newest event is the server's own, so that the server is one of its sources. */
const partOf = (one: Alarm): Part => ({
  sources: [...sourcesOf(one), ownSource],
  count: 1,
  simulated: one.simulated,
  newest: one.newest,
})

/** Whether this audience knows of more than alarms of priority 1. */
const knowsAll = ({ watchedAt }: Alarms): boolean => watchedAt > 0
const knowsAny = ({ clockMs }: Alarms): boolean => clockMs > 0

const counting =
  (rule: string, isKnown: (state: Alarms) => boolean, matches: (one: Alarm) => boolean) =>
  (state: Alarms): Figure => {
    const some = Array.from(state.open.values()).filter(matches)
    return {
      value: isKnown(state) ? some.length : null,
      unit: 'count',
      provenance: provenanceOf(`alarms.rule.${rule}`, null, some.map(partOf)),
    }
  }

const listed = (priority: number) => (one: Alarm) => one.priority === priority && isListed(one)

/** Of the load only how much there was is kept, not which alarms: the newest word stands for all of it. */
const loadProvenance = (
  state: Alarms,
  rule: string,
  window: NonNullable<Provenance['window']>,
  count: number,
): Provenance => {
  const { watchedAt: at } = state
  const newest = at > 0 ? { id: 'alarm.watched', at, seenAt: at } : null
  const isSimulated = Array.from(state.open.values()).some(({ simulated }) => simulated)
  const part = { sources: [ownSource], count, simulated: isSimulated, newest }
  return provenanceOf(`alarms.rule.${rule}`, window, [part])
}

const sumOf = ([p1, p2, p3]: readonly [number, number, number]): number => p1 + p2 + p3

const lastTenMinutes = (state: Alarms, now: number): Figure => {
  // the minute that runs is part of it: what was told a moment ago counts
  const window = { fromMs: toMinute(now) + 60_000 - tenMinutesMs, toMs: toMinute(now) + 60_000 }
  const count = sumOf(toldIn(state.load, window.fromMs, window.toMs))
  return {
    value: knowsAll(state) ? count : null,
    unit: 'count',
    provenance: loadProvenance(state, 'lastTenMinutes', window, count),
  }
}

/** Before the rules have been watched for so long, nothing is said of a day. */
const dayFromMs = hourMs
/** The ten most frequent of fewer are all of them. */
const topTenFrom = 30

type Measure = (state: Alarms, window: NonNullable<Provenance['window']>) => number | null

/** A measure of the last 24 h, up to the last full minute; of as much of them as the rules were watched. */
const ofDay =
  (rule: string, unit: Figure['unit'], measure: Measure) =>
  (state: Alarms, now: number): Figure => {
    const toMs = toMinute(now)
    const fromMs = Math.max(toMs - dayMs, Math.min(toMinute(state.watchedSince), toMs))
    const count = sumOf(toldIn(state.load, fromMs, toMs))
    const isKnown = knowsAll(state) && toMs - fromMs >= dayFromMs
    return {
      value: isKnown ? measure(state, { fromMs, toMs }) : null,
      unit,
      provenance: loadProvenance(
        state,
        rule,
        { fromMs, toMs },
        Math.max(count, knowsAll(state) ? 1 : 0),
      ),
    }
  }

const mixOf =
  (index: 0 | 1 | 2): Measure =>
  ({ load }, { fromMs, toMs }) => {
    const told = toldIn(load, fromMs, toMs)
    return sumOf(told) === 0 ? null : told[index] / sumOf(told)
  }

const perTenMinutes: Measure = ({ load }, { fromMs, toMs }) =>
  sumOf(toldIn(load, fromMs, toMs)) / ((toMs - fromMs) / tenMinutesMs)

const topTenShare: Measure = ({ load }, { fromMs }) => {
  const { share, all } = topTen(load, fromMs)
  return all < topTenFrom ? null : share
}

const stale = (state: Alarms, now: number): Figure =>
  counting('stale', knowsAll, (one) => isListed(one) && now - one.raisedAt > dayMs)(state)

export const alarmFigures = {
  openP1: counting('openP1', knowsAny, listed(1)),
  unackedP1: counting('unackedP1', knowsAny, (one) => one.priority === 1 && isUnacked(one)),
  openP2: counting('openP2', knowsAll, listed(2)),
  openP3: counting('openP3', knowsAll, listed(3)),
  shelved: counting('shelved', knowsAll, (one) => one.shelf !== undefined),
  suppressed: counting('suppressed', knowsAll, (one) => one.parent !== undefined),
  stale,
  lastTenMinutes,
  perTenMinutesDay: ofDay('perTenMinutesDay', 'count', perTenMinutes),
  floodShareDay: ofDay('floodShareDay', 'share', ({ load }, { fromMs, toMs }) =>
    floodShare(load, fromMs, toMs),
  ),
  mixP1: ofDay('mixP1', 'share', mixOf(0)),
  mixP2: ofDay('mixP2', 'share', mixOf(1)),
  mixP3: ofDay('mixP3', 'share', mixOf(2)),
  topTenShare: ofDay('topTenShare', 'share', topTenShare),
}
