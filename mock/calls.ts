import gcoord from 'gcoord'
import { minuteMs, stampOf } from '#mock/clock.ts'
import { type Branch, type Choice, crewsOn } from '#mock/crews.ts'
import { placeSomewhere } from '#mock/places.ts'
import { createRandom, type Random } from '#mock/random.ts'
import { arrivalsOf } from '#mock/rhythm.ts'
import type { Line, Thread } from '#mock/story.ts'

/**
 * Raise it when the same seed would tell another story: it is part of every event id, so that a journal
 * filled by an older mock never meets a known id with other content. `calls.test.ts` holds the fingerprint.
 */
export const storyVersion = 1

/** One event of the story, before it has an id. */
export type Told = Omit<Line, 'id' | 'crs'>

/** A call that has come in, and whom there is to send. */
export interface Call {
  incident: string
  atMs: number
  /** degrees, WGS-84 */
  lon: number
  lat: number
  /** county (6) or township (9 digits) */
  division: string
  urban: boolean
  /** the station's terminals send no `acknowledged` and no `handled` */
  sparse: boolean
  /** a report of a few minutes ago that this call may repeat */
  recent: Told | null
  /** See `Crews`, of the place's own township. */
  choose(branch: Branch, count: number, wantedMs: number): Choice
  hold(unit: string, untilMs: number): void
}

/** The life of one call, in order of time. */
type Tell = (random: Random, call: Call) => Told[]

const toGcj02 = (line: Line): Line => {
  const from: [number, number] = [Number(line.body.lon), Number(line.body.lat)]
  const [lon, lat] = gcoord.transform(from, gcoord.WGS84, gcoord.GCJ02)
  const body = { ...line.body, lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)) }
  return { ...line, body, crs: 'gcj02' }
}

/** Numbers the events of an incident; a few reports come from a system that speaks GCJ-02. */
const threadOf = (random: Random, told: Told[]): Thread => {
  const seen = new Map<string, number>()
  return told.map(({ type, at, source, body }) => {
    const step = [type.slice(type.indexOf('.') + 1), body.unit].filter(Boolean).join(':')
    const times = (seen.get(step) ?? 0) + 1
    seen.set(step, times)
    const id = `mock${storyVersion}:${body.incident}:${step}${times > 1 ? `:${times}` : ''}`
    const line: Line = { id, type, at, source, body }
    return type === 'incident.reported' && random.chance(0.04) ? toGcj02(line) : line
  })
}

/** The calls of any day in Beijing, each worked through to its end as `tell` has it. */
export const tellCalls = (seed: number, tell: Tell) => {
  const prefix = seed === 1 ? '' : `S${seed}-`
  return (day: number): Thread[] => {
    const random = createRandom(seed).fork(`calls-${day}`)
    const crews = crewsOn(day)
    let recent: Told | null = null
    return arrivalsOf(random.fork('arrivals'), day).map((atMs, index) => {
      const incident = `${prefix}${stampOf(day)}-${String(index + 1).padStart(4, '0')}`
      const own = random.fork(incident)
      const { township, lon, lat } = placeSomewhere(own)
      const told = tell(own, {
        incident,
        atMs,
        lon,
        lat,
        division: own.chance(0.04) ? township.code.slice(0, 6) : township.code,
        urban: township.urban,
        sparse: township.sparse,
        recent: recent && atMs - recent.at < 12 * minuteMs ? recent : null,
        choose: (branch, count, wantedMs) => crews.choose(township, branch, count, wantedMs),
        hold: crews.hold,
      })
      // Only what is being worked on can have a second caller.
      const types = new Set(told.map(({ type }) => type))
      const worked = types.has('incident.dispatched') && !types.has('incident.falseReport')
      recent = worked ? told[0]! : null
      return threadOf(own.fork('wire'), told)
    })
  }
}
