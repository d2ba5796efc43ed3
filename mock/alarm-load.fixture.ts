import { tellCalls } from '#mock/calls.ts'
import { dayMs, dayOf, minuteMs, secondMs, startOfDayMs } from '#mock/clock.ts'
import { type Duty, dutiesOf } from '#mock/duties.ts'
import { tellMatters } from '#mock/matters.ts'
import { createRandom } from '#mock/random.ts'
import type { Body, FeedEvent } from '#protocol/event.ts'
import { ownSource } from '#protocol/source.ts'
import type { Priority } from '#topics/alarms/alarms.codes.ts'
import { tickAt } from '#topics/alarms/alarms.fixture.ts'
import { alarmWatch } from '#topics/alarms/alarms.watch.ts'
import type { Watch } from '#topics/alarms/watch.ts'
import { builtInCells } from '#topics/grid-cells/built-in-cells.ts'
import { tellMatter } from '#topics/grid-cells/grid-cells.mock.ts'
import { tellIncident } from '#topics/incidents/incidents.mock.ts'
import { tellDuty, tellPastRound } from '#topics/patrols/patrols.mock.ts'

interface Line {
  type: string
  at: number
  source: string
  body: Body
}

/** What the topic of the forces would have noticed of a duty, had it had its positions. */
const noticedOf = (duty: Duty): Line[] => {
  const { unit, startMs, dueMs, endMs, outages, isUntold, isEndLost } = duty
  const said = (type: string, at: number, body: Body = {}): Line => ({
    type: `patrol.${type}`,
    at: Math.round(at),
    source: ownSource,
    body: { unit, ...body, cause: 'tick' },
  })
  if (isUntold) return [said('unrosteredSeen', startMs + 10 * minuteMs)]
  const untilMs = isEndLost ? Number.POSITIVE_INFINITY : endMs
  const silences = outages
    .filter(
      ({ isMute, fromMs, toMs }) => isMute && Math.min(toMs, untilMs) - fromMs > 30 * minuteMs,
    )
    .flatMap(({ fromMs, toMs }) => [
      said('fellSilent', fromMs + 30 * minuteMs),
      ...(toMs < untilMs ? [said('heardAgain', toMs)] : []),
    ])
  const overdueMs = dueMs + 5 * minuteMs
  return untilMs > overdueMs
    ? [...silences, said('fellOverdue', overdueMs, { dueAt: dueMs })]
    : silences
}

/** Everything of some days that a rule may look at, in order of time. */
const tellDays = (seed: number, firstDay: number, days: number): Line[] => {
  const root = createRandom(seed)
  const tell = tellCalls(seed, tellIncident)
  const matters = tellMatters(root.fork('cells'), builtInCells, tellMatter, 'WG')
  const lines: Line[] = []
  for (let day = firstDay - 1; day < firstDay + days; day++) {
    lines.push(...tell(day).flat())
    const random = root.fork(`patrols-${day}`)
    for (const duty of dutiesOf(root.fork(`duties-${day}`), day)) {
      lines.push(...tellDuty(random.fork(duty.unit), duty), ...tellPastRound(duty))
      lines.push(...noticedOf(duty))
    }
    for (const { event, cell, matter } of matters(startOfDayMs(day), 0).flatMap(
      (d) => d.numbered,
    )) {
      for (const { atMs, from, to } of matter.steps) {
        const body = { cell, event, kind: matter.kind, from, to }
        lines.push({ type: 'cell.escalated', at: atMs, source: 'mock-grid', body })
      }
    }
  }
  return lines.filter(({ at }) => at < startOfDayMs(firstDay + days)).sort((a, b) => a.at - b.at)
}

/** How long somebody takes to take an alarm on, ms, by priority. */
const answerMs: Record<Priority, number> = {
  1: 40 * secondMs,
  2: 3 * minuteMs,
  3: 8 * minuteMs,
}

export interface Load {
  days: number
  /** told to somebody, by rule */
  byRule: Map<string, number>
  byPriority: Record<Priority, number>
  /** how many ten-minute windows had so many raised, told or grouped */
  windows: Map<number, number>
  grouped: number
  again: number
  floods: number
  /** of the time */
  floodShare: number
  openAtMost: number
}

/** Days of the mock's prefecture before the rules, with somebody who answers. */
export const measureLoad = (seed: number, firstMs: number, days: number, tickMs: number): Load => {
  const firstDay = dayOf(firstMs)
  const state = alarmWatch.initial() as Watch
  const known = new Set<string>()
  let seq = 0
  const load: Load = {
    days,
    byRule: new Map(),
    byPriority: { 1: 0, 2: 0, 3: 0 },
    windows: new Map(),
    grouped: 0,
    again: 0,
    floods: 0,
    floodShare: 0,
    openAtMost: 0,
  }
  const raised: number[] = []
  let floodFrom = 0
  let floodMs = 0
  const startMs = startOfDayMs(firstDay)
  const apply = ({ type, at, source, body }: Line, id: string): void => {
    seq += 1
    const event: FeedEvent = { seq, id, type, at, seenAt: at, source, flags: ['simulated'], body }
    alarmWatch.evolve(state, event)
    if (at < startMs) return
    if (type === 'alarm.reannounced') load.again += 1
    if (type === 'alarm.floodBegan') {
      load.floods += 1
      floodFrom = at
    }
    if (type === 'alarm.floodEnded' && floodFrom > 0) floodMs += at - floodFrom
    if (type !== 'alarm.raised') return
    raised.push(at)
    if (body.parent !== undefined) load.grouped += 1
    else {
      const rule = body.rule as string
      load.byRule.set(rule, (load.byRule.get(rule) ?? 0) + 1)
      load.byPriority[body.priority as Priority] += 1
    }
  }
  const tick = (now: number): void => {
    const occasion = tickAt(now, { listeningMs: now })
    for (const { id, type, at, body } of alarmWatch.react!(state, occasion)) {
      if (known.has(id)) continue
      known.add(id)
      apply({ type, at, source: ownSource, body: { ...body, cause: 'tick' } }, id)
    }
    for (const { alarm, priority, raisedAt, ackedAt } of state.alarms.open.values()) {
      if (ackedAt > 0 || now - raisedAt < answerMs[priority]) continue
      const body = { alarm, actor: { kind: 'operator', name: 'mock' }, command: 'x' }
      apply({ type: 'alarm.acknowledged', at: now, source: ownSource, body }, `ack-${alarm}-${now}`)
    }
    load.openAtMost = Math.max(load.openAtMost, state.alarms.open.size)
  }
  let now = startOfDayMs(firstDay - 1)
  for (const [n, line] of tellDays(seed, firstDay, days).entries()) {
    for (; now < line.at; now += tickMs) tick(now)
    apply(line, `line-${n}`)
  }
  const windows = new Map<number, number>()
  for (const at of raised) {
    const window = Math.floor((at - startMs) / (10 * minuteMs))
    windows.set(window, (windows.get(window) ?? 0) + 1)
  }
  for (let window = 0; window < (days * dayMs) / (10 * minuteMs); window++) {
    const count = windows.get(window) ?? 0
    load.windows.set(count, (load.windows.get(count) ?? 0) + 1)
  }
  load.floodShare = floodMs / (days * dayMs)
  return load
}
