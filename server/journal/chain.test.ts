import { expect, it } from 'vitest'
import { type CanonicalParts, genesis, hashOf } from './chain.ts'

const row: CanonicalParts = {
  seq: 7,
  id: 'a',
  type: 'incident.handled',
  at: 1_700_000_000_000,
  seenAt: 1_700_000_000_500,
  source: 'test',
  flags: '["simulated"]',
  body: '{"incident":"警-1","v":1}',
  prev: genesis,
}
const altered: CanonicalParts = {
  seq: 8,
  id: 'b',
  type: 'incident.closed',
  at: 1_700_000_000_001,
  seenAt: 1_700_000_000_501,
  source: 'other',
  flags: '[]',
  body: '{"incident":"警-2","v":1}',
  prev: 'f'.repeat(64),
}

it.each(Object.keys(row) as (keyof CanonicalParts)[])('covers %s', (field) => {
  expect(hashOf({ ...row, [field]: altered[field] })).not.toBe(hashOf(row))
})

it('hashes as it did in November 2026: what was journaled then still verifies', () => {
  expect(hashOf(row)).toMatchInlineSnapshot(
    `"a767ea209168408c63bc13be82d1e4c71507f738719ad4a7a853873579fe064f"`,
  )
})
