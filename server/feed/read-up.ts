import type { Up } from '#protocol/feed.ts'

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
  if (value.kind !== 'hello') return null
  const { protocol, audience, resume } = value as Record<string, unknown>
  if (typeof protocol !== 'number' || typeof audience !== 'string') return null
  const hello: Up = { kind: 'hello', protocol, audience }
  if (resume === undefined) return hello
  const { epoch, seq } = (resume ?? {}) as Record<string, unknown>
  if (typeof epoch !== 'string' || typeof seq !== 'number' || !Number.isSafeInteger(seq))
    return null
  return { ...hello, resume: { epoch, seq } }
}
