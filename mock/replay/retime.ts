import type { DoorLine } from '#mock/door.ts'

/** How records are changed on their way. */
export interface Change {
  /** the new time of an old one, ms */
  at: (recordedAt: number) => number
  /** added to the id and to every incident number, or '' */
  suffix: string
}

/** A line as it is sent. */
export interface Retimed {
  line: DoorLine
  /** ms; null for a line that has no time, which is sent as it stands */
  at: number | null
}

type Record = { [field: string]: unknown }

/** What a record is: for the one door or the other. */
export type Kind = 'event' | 'position'

/** Fields of a body that name an incident. */
const incidentFields = ['incident', 'into']

const isRecord = (value: unknown): value is Record =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Integer ms since 1970 UTC, as the door wants it. */
export const isTime = (value: unknown): value is number => Number.isSafeInteger(value)

/** The JSON object in a line, or null. */
export const readRecord = (bytes: Uint8Array): Record | null => {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

/** Null for what is neither. */
export const kindOf = (record: Record): Kind | null => {
  if ('type' in record) return 'event'
  return 'unit' in record && 'lon' in record && 'lat' in record ? 'position' : null
}

const withSuffix = (record: Record, fields: readonly string[], suffix: string): Record =>
  Object.fromEntries(
    Object.entries(record).map(([field, value]) => [
      field,
      fields.includes(field) && typeof value === 'string' ? value + suffix : value,
    ]),
  )

/** Changes one line; what is broken stays as it is, since to name it is the door's part. */
export const retime = (bytes: Uint8Array, { at, suffix }: Change): Retimed => {
  const record = readRecord(bytes)
  if (!record) return { line: bytes, at: null }
  const newAt = isTime(record.at) ? Math.round(at(record.at)) : null
  if (suffix === '' && (newAt === null || newAt === record.at)) return { line: bytes, at: newAt }
  const { body } = record
  const changed = {
    ...withSuffix(record, ['id'], suffix),
    ...(newAt !== null && { at: newAt }),
    ...(isRecord(body) && { body: withSuffix(body, incidentFields, suffix) }),
  }
  try {
    return { line: JSON.stringify(changed), at: newAt }
  } catch {
    // nested deeper than it can be written out
    return { line: bytes, at: newAt }
  }
}
