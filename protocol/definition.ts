import { z } from 'zod'
import type { Audience, Body } from './event.ts'

/**
 * What one event type looks like, for the door and for `docs/events.md`. Schemas stay on the server.
 * Every schema is strict: an unknown field is refused, so nobody can smuggle a person in.
 */
export interface EventDefinition {
  /** version of the body that `body` describes; a stored body carries its own as `v` */
  version: number
  /** what happened, one sentence */
  says: string
  body: z.ZodObject
  /** the body's fields that an audience gets; an audience that is not named gets the event with every field */
  visible: Partial<Record<Audience, readonly string[]>>
  /** `upcast[n]` turns a body of version n into one of version n + 1 */
  upcast?: Record<number, (body: Body) => Body>
  /** a body as a sender would write it: shown in the docs, accepted by the tests */
  example: Body
}

/** The events of one topic, by full type (`incident.reported`). */
export type EventDefinitions = Record<string, EventDefinition>

/** A code or number of the sender's: an incident number, a unit, an organ. No spaces, no control characters. */
export const code = (maxLength = 64) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[\p{L}\p{N}._:#/~-]+$/u, 'letters, digits and . _ : # / ~ - only')

const freeTexts = z.registry<{ isFreeText: true }>()

/** Free text for people: one line that reads in the order it is stored, never searched, masked at the door. */
export const freeText = (maxLength = 200) =>
  z
    .string()
    .max(maxLength)
    .regex(
      /^[^\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]*$/u,
      'one line, no control characters, none of direction',
    )
    .register(freeTexts, { isFreeText: true })

/** Whether a schema is `freeText()`, described, bounded or checked further as it may be. */
export const isFreeText = (schema: z.core.$ZodType): boolean => freeTexts.get(schema) !== undefined

/** Degrees, in the coordinate system that the event's `crs` names; stored as WGS-84. */
export const longitude = z.number().min(-180).max(180)
export const latitude = z.number().min(-90).max(90)

/** Brings a stored body up to the version that its definition describes today; drops `v`. */
export const upcastBody = (definition: EventDefinition, stored: Body): Body => {
  const { v, ...rest } = stored
  let body = rest as Body
  for (let version = typeof v === 'number' ? v : 1; version < definition.version; version++) {
    const step = definition.upcast?.[version]
    if (!step) throw new Error(`no upcaster from version ${version}`)
    body = step(body)
  }
  return body
}

/** The part of a body that an audience may have. */
export const redactBody = (definition: EventDefinition, body: Body, audience: Audience): Body => {
  const fields = definition.visible[audience]
  if (!fields) return body
  const seen: Body = {}
  for (const field of fields) {
    const value = body[field]
    if (value !== undefined) seen[field] = value
  }
  return seen
}
