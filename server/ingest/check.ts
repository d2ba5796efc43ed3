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
import type { NumberKind } from './find-numbers.ts'
import { faultOfCode, maskText } from './mask.ts'
import { createBodyMask } from './mask-body.ts'
import { fitsAny } from './number-pattern.ts'
import { faultOf, shownCode } from './refusal.ts'
import { sourceName } from './source-name.ts'

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
  /** kept lines that a keeper sends again: no word of their source, and nothing against it */
  isResent?: boolean
}

/** Live events are believed from 24 h behind to 5 min ahead of the server's clock. */
export const behindAtMostMs = 24 * 3_600_000
export const aheadAtMostMs = 5 * 60_000
const lastMs = Date.UTC(9999, 11, 31)

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const idLengthAtMost = 128

const envelope = z.strictObject({
  id: code(idLengthAtMost),
  type: z.string(),
  at: z.int('an integer: milliseconds since 1970 UTC').min(0).max(lastMs),
  source: sourceName,
  // taken as it is: the event's own schema looks at every key of it
  body: z.custom<Body>(isObject, 'an object: the fields of the event'),
  crs: z.enum(coordinateSystems).optional(),
})

/** A field of what came, as far as there is one. */
const textIn = (value: unknown, field: 'id' | 'source'): string | null => {
  const text = (value as Record<string, unknown> | null)?.[field]
  return typeof text === 'string' ? text : null
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

/** A draft, and which numbers were masked in its free text. */
export interface Checked {
  draft: Draft
  masked: readonly NumberKind[]
}
type Fault = Omit<Refusal, 'id'>

/**
 * Turns what came into a draft for the journal, or says why not. Touches nothing but its arguments.
 * Free text is masked; a number in any other string refuses the event, unless its source has declared the pattern.
 */
export const createCheck = (
  definitions: EventDefinitions,
  simulatedSources: ReadonlySet<string>,
  numberPatternsOf: (source: string) => readonly string[],
) => {
  const maskBody = createBodyMask(definitions)

  const checkEvent = (
    value: unknown,
    sending: Sending,
    seenAt: number,
    fits: (code: string) => boolean,
  ): Checked | { fault: Fault } => {
    const parsed = envelope.safeParse(value)
    if (!parsed.success) return { fault: faultOf(parsed.error.issues[0]!, fieldsAre, seenAt) }
    const { id, type, at, source, crs = 'wgs84' } = parsed.data
    // a source cannot have said of its own name how it looks
    const ofSource = faultOfCode(source, seenAt, () => false)
    if (ofSource) return { fault: { field: 'source', reason: ofSource } }
    const ofId = faultOfCode(id, seenAt, fits)
    if (ofId) return { fault: { field: 'id', reason: ofId } }
    if (!Object.hasOwn(definitions, type))
      return { fault: { field: 'type', reason: unknownType(definitions, type) } }
    const definition = definitions[type]!
    const current = upcast(definition, parsed.data.body)
    if ('reason' in current) return { fault: { field: 'body.v', reason: current.reason } }
    const checked = definition.body.safeParse(current.body)
    if (!checked.success)
      return { fault: faultOf(checked.error.issues[0]!, fieldsAre, seenAt, ['body']) }

    const { body: clean, masked, fault } = maskBody(type, checked.data, seenAt, fits)
    if (fault) return { fault }

    const flags: Flag[] = []
    if (sending.isSimulated || simulatedSources.has(source)) flags.push('simulated')
    if (sending.isBackfill) flags.push('backfill')
    // history may be old; it is never of tomorrow
    const isBehind = !sending.isBackfill && at < seenAt - behindAtMostMs
    if (isBehind || at > seenAt + aheadAtMostMs) flags.push('clockSuspect')
    const body = { ...inWgs84(clean, crs), v: definition.version }
    return { draft: { id, type, at, seenAt, source, flags, body }, masked }
  }

  return (value: unknown, sending: Sending, seenAt: number): Checked | { refusal: Refusal } => {
    const fits = fitsAny(numberPatternsOf(textIn(value, 'source') ?? ''))
    const result = checkEvent(value, sending, seenAt, fits)
    if ('draft' in result) return result
    // the id of what is refused for another reason may be a number too
    const { field, reason } = result.fault
    const id = textIn(value, 'id')
    return {
      refusal: {
        id: id === null || fits(id) ? id : shownCode(id, idLengthAtMost, seenAt),
        field: field === null ? null : maskText(field, seenAt).text,
        reason,
      },
    }
  }
}

/** Every body that has a place names it `lon` and `lat`; it is converted once, here. */
const inWgs84 = (body: Body, crs: CoordinateSystem): Body => {
  const { lon, lat } = body
  if (typeof lon !== 'number' || typeof lat !== 'number') return body
  const [lonWgs84, latWgs84] = toWgs84(lon, lat, crs)
  return { ...body, lon: lonWgs84, lat: latWgs84 }
}
