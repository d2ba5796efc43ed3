import type { Down } from '#protocol/feed.ts'
import { unitsAtMost } from '#protocol/track-frame.ts'

type Fields = Record<string, unknown>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0
const isTime = (value: unknown): boolean => Number.isFinite(value)
const isText = (value: unknown): boolean => typeof value === 'string'
const isListOf = (value: unknown, isOne: (each: unknown) => boolean): value is unknown[] =>
  Array.isArray(value) && value.every(isOne)

const isEvent = (value: unknown): value is Fields =>
  isObject(value) &&
  isText(value.id) &&
  isText(value.type) &&
  isText(value.source) &&
  isTime(value.at) &&
  isTime(value.seenAt) &&
  isListOf(value.flags, isText) &&
  isObject(value.body)
const isFault = (value: unknown): boolean =>
  isObject(value) && [value.id, value.message, value.tip].every(isText) && isTime(value.since)
const isServed = (value: unknown): boolean =>
  isObject(value) && isObject(value.figures) && isObject(value.heard)

/** Each seq once, upwards, within what the message covers. */
const areInOrder = (events: readonly unknown[], from: number, to: number): boolean => {
  let before = from - 1
  return events.every((event) => {
    if (!isEvent(event) || !isCount(event.seq) || event.seq <= before || event.seq > to)
      return false
    before = event.seq
    return true
  })
}

const isWhole: Record<Down['kind'], (fields: Fields) => boolean> = {
  welcome: ({ epoch, seq, serverTime, mode }) =>
    isText(epoch) &&
    isCount(seq) &&
    isTime(serverTime) &&
    (mode === 'snapshot' || mode === 'resumed'),
  snapshot: ({ seq, topics }) => isCount(seq) && isObject(topics),
  events: ({ from, to, events }) =>
    isCount(from) &&
    isCount(to) &&
    from <= to &&
    Array.isArray(events) &&
    areInOrder(events, from, to),
  served: ({ at, topics }) =>
    isTime(at) && isObject(topics) && Object.values(topics).every(isServed),
  units: ({ from, names, simulated }) =>
    isCount(from) &&
    isListOf(names, isText) &&
    from + names.length <= unitsAtMost &&
    isListOf(simulated, (index) => isCount(index) && index < from + names.length),
  heartbeat: ({ serverTime, seq, recording, faults }) =>
    isTime(serverTime) &&
    isCount(seq) &&
    typeof recording === 'boolean' &&
    isListOf(faults, isFault),
  notice: () => true,
  bye: ({ code, reason, retryAfterMs }) => isCount(code) && isText(reason) && isCount(retryAfterMs),
}

/**
 * A message of the server's, or null when it is none: what stands between the two may cut a frame or put in a page of
 * its own. A kind that this screen does not know is left to whoever does.
 */
export const readDown = (text: string): Down | null => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!isObject(value) || typeof value.kind !== 'string') return null
  const isKnown = Object.hasOwn(isWhole, value.kind)
  return isKnown && !isWhole[value.kind as Down['kind']](value) ? null : (value as unknown as Down)
}
