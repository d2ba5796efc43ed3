import { createHash } from 'node:crypto'

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A text behind its own SHA-256, so that a damaged one is not believed: added part by part, as UTF-8. */
export const createSeal = () => {
  const hash = createHash('sha256')
  const parts: Uint8Array<ArrayBuffer>[] = []
  const encoder = new TextEncoder()
  return {
    add(part: string): void {
      const bytes = encoder.encode(part)
      hash.update(bytes)
      parts.push(bytes)
    },
    sealed: () => [encoder.encode(`${hash.digest('hex')} `), ...parts],
  }
}

/** The text, or null when it is not what was sealed. */
export const unseal = (sealed: string): string | null => {
  const text = sealed.slice(65)
  return sealed === `${digest(text)} ${text}` ? text : null
}
