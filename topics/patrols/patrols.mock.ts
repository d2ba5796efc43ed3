import { sweepAtMs } from '#mock/beats.ts'
import { dayOf, hourMs, minuteMs, secondMs, stampOf, startOfDayMs } from '#mock/clock.ts'
import type { Duty } from '#mock/duties.ts'
import type { Random } from '#mock/random.ts'
import type { Thread } from '#mock/story.ts'
import type { Body } from '#protocol/event.ts'
import type { Status } from './patrols.codes.ts'

/** Raise it when the same seed would tell another story: it is part of every event id. */
export const patrolStoryVersion = 1

/** The centre calls everybody at these hours in Beijing. */
const rollCallHours = [2, 10, 15, 22]
/** A unit that sends no positions is called this often. */
const callOftenMs = 20 * minuteMs

type Moment = [atMs: number, verb: string, more?: Body]

const isMute = ({ outages }: Duty, atMs: number): boolean =>
  outages.some((outage) => outage.isMute && atMs >= outage.fromMs && atMs < outage.toMs)

const plans: Record<Duty['work'], readonly (readonly [Status, number])[]> = {
  // status, and how long it lasts on the average, minutes
  car: [
    ['standby', 220],
    ['patrolling', 150],
    ['onCall', 50],
    ['patrolling', 180],
  ],
  foot: [
    ['patrolling', 240],
    ['resting', 40],
  ],
  sweep: [],
  beat: [
    ['patrolling', 220],
    ['resting', 40],
  ],
  post: [
    ['atPost', 300],
    ['resting', 30],
  ],
}

const statusesOf = (random: Random, duty: Duty): Moment[] => {
  const { work, sweep, startMs, endMs } = duty
  const changed = (atMs: number, status: Status): Moment => [atMs, 'statusChanged', { status }]
  const setOutMs = startMs + random.int(2, 12) * minuteMs
  if (sweep) {
    const turnMs = sweepAtMs(sweep, sweep.turnKm)!
    return [
      changed(setOutMs, 'enRoute'),
      changed(sweep.startMs, 'patrolling'),
      changed(turnMs, 'resting'),
      changed(turnMs + sweep.restMs, 'patrolling'),
      changed(2 * turnMs + sweep.restMs - sweep.startMs, 'standby'),
    ]
  }
  const moments: Moment[] = work === 'car' ? [] : [changed(setOutMs, 'enRoute')]
  let atMs = setOutMs + random.int(8, 25) * minuteMs
  for (let step = 0; atMs < endMs - 20 * minuteMs; step++) {
    const [status, minutes] = plans[work][step % plans[work].length]!
    moments.push(changed(atMs, status))
    atMs += Math.round(minutes * (0.6 + 0.8 * random.next())) * minuteMs
  }
  return moments
}

const emergencyOf = (random: Random, { startMs, dueMs }: Duty): Moment[] => {
  if (!random.chance(0.0015)) return []
  const atMs = startMs + Math.round(random.next() * (dueMs - startMs))
  return [
    [atMs, 'statusChanged', { status: 'emergency' }],
    [atMs + random.int(4, 18) * minuteMs, 'statusChanged', { status: 'onCall' }],
  ]
}

const callsOf = (random: Random, duty: Duty): Moment[] => {
  const { startMs, dueMs, endMs, outages } = duty
  const midnightMs = startOfDayMs(dayOf(startMs))
  const usual = [...rollCallHours, ...rollCallHours.map((hour) => hour + 24)].map(
    (hour) => midnightMs + hour * hourMs + random.int(0, 900) * secondMs,
  )
  const deaf = outages.find((outage) => !outage.isMute)
  const often = deaf
    ? Array.from(
        { length: (dueMs - startMs) / callOftenMs },
        (_, n) => startMs + (n + 1) * callOftenMs,
      )
    : []
  const missed = outages
    .filter((outage) => outage.isMute && outage.toMs - outage.fromMs > 30 * minuteMs)
    .flatMap(({ fromMs }) => [fromMs + 33 * minuteMs, fromMs + 48 * minuteMs])
  return [...usual, ...often, ...missed]
    .filter((atMs) => atMs > startMs + 5 * minuteMs && atMs < Math.min(dueMs, endMs))
    .map((atMs) => [atMs, 'rollCalled', { answered: !isMute(duty, atMs) && !random.chance(0.012) }])
}

/** What the centre is told of one duty, in order of time. */
export const tellDuty = (random: Random, duty: Duty): Thread => {
  const { unit, startMs, dueMs, endMs, segment, post, isEndLost, isUntold } = duty
  if (isUntold) return []
  const start = {
    callSign: unit,
    ...(post && { post }),
    ...(segment && { segment: segment.code }),
    dueAt: dueMs,
  }
  const spoken = [...statusesOf(random, duty), ...emergencyOf(random, duty)].filter(
    ([atMs]) => atMs > startMs && atMs < endMs && !isMute(duty, atMs),
  )
  const moments: Moment[] = [
    [startMs, 'started', start],
    ...spoken,
    ...callsOf(random, duty),
    ...(isEndLost ? [] : [[endMs, 'ended'] satisfies Moment]),
  ]
  const stamp = stampOf(dayOf(startMs))
  const source = segment ? 'mock-border' : 'mock-patrol'
  return moments
    .map(([atMs, verb, more]): [number, string, Body] => [Math.round(atMs), verb, more ?? {}])
    .sort(([one], [other]) => one - other)
    .map(([at, verb, more], n) => ({
      id: `mock${patrolStoryVersion}:${unit}:${stamp}:${n + 1}:${verb}`,
      type: `patrol.${verb}`,
      at,
      source,
      body: { unit, ...more },
    }))
}

/**
 * What the server would have noticed of a segment's patrol, had it heard the positions of that time. Told of the
 * past only: of the present the server notices by itself.
 */
export const tellPastRound = ({ segment, sweep, outages }: Duty): Thread => {
  if (!segment || !sweep) return []
  const [first, last] = [1 / 6, 5 / 6].map((share) => sweepAtMs(sweep, share * segment.lengthKm))
  if (first == null || last == null) return []
  const isHidden = outages.some(({ fromMs, toMs }) => fromMs < last && toMs > first)
  if (isHidden) return []
  const at = Math.round(last)
  const { code } = segment
  const id = `mock${patrolStoryVersion}:${code}:${stampOf(dayOf(at))}:${at}:patrolled`
  const body = { segment: code, cause: 'mock' }
  return [{ id, type: 'patrol.segmentPatrolled', at, source: 'mock-border', body }]
}
