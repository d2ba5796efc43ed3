import type { Beat, Up } from '#protocol/feed.ts'

type Fields = Record<string, unknown>

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const readBeat = (fields: Fields): Beat | null => {
  const { page, screen, isVisible } = fields
  if (typeof page !== 'string' || !/^[0-9a-f]{8}$/.test(page)) return null
  const { drawnAgoMs, seq, gap, dup, reorder } = fields
  if (typeof screen !== 'string' || !/^[\p{L}\p{N}._-]{0,32}$/u.test(screen)) return null
  if (typeof isVisible !== 'boolean') return null
  if (!isCount(drawnAgoMs) || !isCount(seq)) return null
  if (!isCount(gap) || !isCount(dup) || !isCount(reorder)) return null
  return { kind: 'beat', page, screen, isVisible, drawnAgoMs, seq, gap, dup, reorder }
}

/** A screen's message, or null when it is none. */
export const readUp = (text: string): Up | null => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null
  if (value.kind === 'ping') return { kind: 'ping' }
  if (value.kind === 'beat') return readBeat(value as Fields)
  if (value.kind !== 'hello') return null
  const { protocol, audience, resume } = value as Fields
  if (typeof protocol !== 'number' || typeof audience !== 'string') return null
  const hello: Up = { kind: 'hello', protocol, audience }
  if (resume === undefined) return hello
  const { epoch, seq } = (resume ?? {}) as Fields
  if (typeof epoch !== 'string' || typeof seq !== 'number' || !Number.isSafeInteger(seq))
    return null
  return { ...hello, resume: { epoch, seq } }
}
