import gcoord from 'gcoord'
import { dayOf, minuteMs } from '#mock/clock.ts'
import { type Duty, dutiesOf } from '#mock/duties.ts'
import { createRandom, type Random } from '#mock/random.ts'
import type { Thread } from '#mock/story.ts'

/** Only so many days of the past are told: what ended leaves the wall within hours. */
const pastDays = 1
/** Days in memory: a duty may last into the next day. */
const daysKept = 4

/** How the topic tells of a duty. */
export interface ForcesTelling {
  tellDuty(random: Random, duty: Duty): Thread
  tellPastRound(duty: Duty): Thread
}

export interface Forces {
  /** The events of a day, for a story. */
  tell(day: number): Thread[]
  /** One line for `POST /ingest/tracks` of every unit that sends at this moment, dated so or as said: a pure function. */
  fixesAt(nowMs: number, datedMs?: number): string[]
}

/** Devices are switched on a little before the duty and off a little after it. */
const asideMs = 4 * minuteMs

/** What a unit sends at a time; null when it sends nothing. `n` tells units apart. */
const fixLineOf = (duty: Duty, n: number, nowMs: number, datedMs: number): string | null => {
  const { startMs, endMs, outages, unit, beat, isGcj02 } = duty
  if (nowMs < startMs - asideMs || nowMs > endMs + asideMs) return null
  if (outages.some(({ fromMs, toMs }) => nowMs >= fromMs && nowMs < toMs)) return null
  const { lon, lat, headingDeg, speedKmh } = beat(nowMs)
  // a receiver wanders by some metres
  const turn = nowMs / 7919 + n
  const at: [number, number] = [lon + 3e-5 * Math.sin(turn), lat + 3e-5 * Math.cos(1.7 * turn)]
  const [x, y] = isGcj02 ? gcoord.transform(at, gcoord.WGS84, gcoord.GCJ02) : at
  return JSON.stringify({
    unit,
    at: datedMs,
    lon: Number(x.toFixed(6)),
    lat: Number(y.toFixed(6)),
    speedKmh: Number(speedKmh.toFixed(1)),
    headingDeg: Math.round(headingDeg) % 360,
    ...(isGcj02 && { crs: 'gcj02' }),
  })
}

/** The units of the prefecture, of any day; `bornMs` is when the mock came up and the past ends. */
export const createForces = (seed: number, bornMs: number, telling: ForcesTelling): Forces => {
  const known = new Map<number, Duty[]>()
  const duties = (day: number): Duty[] => {
    const there = known.get(day)
    if (there) return there
    const drawn = dutiesOf(createRandom(seed).fork(`duties-${day}`), day)
    known.set(day, drawn)
    const [oldest] = known.keys()
    if (known.size > daysKept && oldest !== undefined) known.delete(oldest)
    return drawn
  }
  return {
    tell(day) {
      if (day < dayOf(bornMs) - pastDays) return []
      const random = createRandom(seed).fork(`patrols-${day}`)
      const past = duties(day)
        .map((duty) => telling.tellPastRound(duty))
        .filter(([round]) => round !== undefined && round.at <= bornMs)
      const told = duties(day).map((duty) => telling.tellDuty(random.fork(duty.unit), duty))
      return [...past, ...told].filter((thread) => thread.length > 0)
    },
    fixesAt(nowMs, datedMs = nowMs) {
      const today = dayOf(nowMs)
      return [today - 1, today].flatMap((day) =>
        duties(day).flatMap((duty, n) => fixLineOf(duty, n, nowMs, datedMs) ?? []),
      )
    },
  }
}
