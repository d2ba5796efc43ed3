import { createHash } from 'node:crypto'

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The text behind its own SHA-256, so that a damaged one is not believed. */
export const seal = (text: string): string => `${digest(text)} ${text}`

/** The text, or null when it is not what was sealed. */
export const unseal = (sealed: string): string | null => {
  const text = sealed.slice(65)
  return sealed === seal(text) ? text : null
}
