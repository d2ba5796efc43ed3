import type { Refused } from './quarantine.ts'

/** A refused line for tests. */
export const refused = (over: Partial<Refused> & { text?: string } = {}): Refused => {
  const { text = '{"id":"e1"}', ...rest } = over
  return {
    door: 'events',
    source: 'cad',
    line: 1,
    id: 'e1',
    field: 'at',
    reason: 'an integer',
    isBackfill: false,
    isSimulated: false,
    bytes: new TextEncoder().encode(text),
    numberPatterns: [],
    ...rest,
  }
}
