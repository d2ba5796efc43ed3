import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { protocolVersion } from './feed.ts'

/** The wire's agreement, comments and spaces apart. */
const agreement = (): string =>
  ['event.ts', 'feed.ts', 'figure.ts', 'snapshot.ts', 'source.ts', 'track-frame.ts']
    .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .replace(/\s+/g, ' ')

// When this fails, the wire changed. Where an older screen would misread the new one, raise
// `protocolVersion` and write it in docs/feed.md; then put the new fingerprint here.
it('has the fingerprint of protocol version 2', () => {
  const fingerprint = createHash('sha256').update(agreement()).digest('hex').slice(0, 16)
  expect([protocolVersion, fingerprint]).toEqual([2, '685d0c706e7caa55'])
})
