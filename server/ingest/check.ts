import { z } from 'zod'
import {
  code,
  type EventDefinition,
  type EventDefinitions,
  upcastBody,
} from '#protocol/definition.ts'
import type { Body, Flag } from '#protocol/event.ts'
import { nounOf } from '#protocol/topic.ts'
import type { Draft } from '../journal/journal.ts'
import { type CoordinateSystem, coordinateSystems, toWgs84 } from './coordinates.ts'
import { faultOf } from './refusal.ts'

/** Why an event was refused: the field by its path, and a reason that says how to mend it. */
export interface Refusal {
  id: string | null
  field: string | null
  reason: string
}

/** How a sending wants to be taken. */
export interface Sending {
  /** history: `at` is trusted */
  isBackfill: boolean
  isSimulated: boolean
}

/** Live events are believed from 24 h behind to 5 min ahead of the server's clock. */
export const behindAtMostMs = 24 * 3_600_000
export const aheadAtMostMs = 5 * 60_000
const lastMs = Date.UTC(9999, 11, 31)

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const envelope = z.strictObject({
  id: code(128),
  type: z.string(),
  at: z.int('an integer: milliseconds since 1970 UTC').min(0).max(lastMs),
  source: code(64),
  // taken as it is: the event's own schema looks at every key of it
  body: z.custom<Body>(isObject, 'an object: the fields of the event'),
  crs: z.enum(coordinateSystems).optional(),
})

const idOf = (value: unknown): string | null => {
  const id = (value as { id?: unknown } | null)?.id
  return typeof id === 'string' ? id.slice(0, 128) : null
}

const fieldsAre = 'docs/events.md'

const unknownType = (definitions: EventDefinitions, type: string): string => {
  const noun = nounOf(type)
  const near = Object.keys(definitions).filter((known) => nounOf(known) === noun)
  const known =
    near.length > 0
      ? near
      : Array.from(new Set(Object.keys(definitions).map(nounOf)), (each) => `${each}.*`)
  return `unknown type; known are ${known.join(', ')}`
}

const upcast = (definition: EventDefinition, body: Body): { body: Body } | { reason: string } => {
  const { v = 1 } = body
  if (!Number.isInteger(v) || (v as number) < 1 || (v as number) > definition.version) {
    return { reason: `version of the body: 1 to ${definition.version} here` }
  }
  try {
    return { body: upcastBody(definition, body) }
  } catch {
    return { reason: `a body of version ${v} looks otherwise; see docs/events.md` }
  }
}

/** Turns what came into a draft for the journal, or says why not. Touches nothing but its arguments. */
export const createCheck =
  (definitions: EventDefinitions, simulatedSources: ReadonlySet<string>) =>
  (value: unknown, sending: Sending, seenAt: number): { draft: Draft } | { refusal: Refusal } => {
    const parsed = envelope.safeParse(value)
    if (!parsed.success) {
      return { refusal: { id: idOf(value), ...faultOf(parsed.error.issues[0]!, fieldsAre) } }
    }
    const { id, type, at, source, crs = 'wgs84' } = parsed.data
    if (!Object.hasOwn(definitions, type)) {
      return { refusal: { id, field: 'type', reason: unknownType(definitions, type) } }
    }
    const definition = definitions[type]!
    const current = upcast(definition, parsed.data.body)
    if ('reason' in current) return { refusal: { id, field: 'body.v', reason: current.reason } }
    const checked = definition.body.safeParse(current.body)
    if (!checked.success) {
      return { refusal: { id, ...faultOf(checked.error.issues[0]!, fieldsAre, ['body']) } }
    }

    const flags: Flag[] = []
    if (sending.isSimulated || simulatedSources.has(source)) flags.push('simulated')
    if (sending.isBackfill) flags.push('backfill')
    // history may be old; it is never of tomorrow
    const isBehind = !sending.isBackfill && at < seenAt - behindAtMostMs
    if (isBehind || at > seenAt + aheadAtMostMs) flags.push('clockSuspect')
    const body = { ...inWgs84(checked.data as Body, crs), v: definition.version }
    return { draft: { id, type, at, seenAt, source, flags, body } }
  }

/** Every body that has a place names it `lon` and `lat`; it is converted once, here. */
const inWgs84 = (body: Body, crs: CoordinateSystem): Body => {
  const { lon, lat } = body
  if (typeof lon !== 'number' || typeof lat !== 'number') return body
  const [lonWgs84, latWgs84] = toWgs84(lon, lat, crs)
  return { ...body, lon: lonWgs84, lat: latWgs84 }
}
