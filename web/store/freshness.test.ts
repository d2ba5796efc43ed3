import { expect, test } from 'vitest'
import { freshnessOf, type Heard } from './freshness.ts'

const fresh: Heard = {
  link: 'live',
  awaitsFirst: false,
  newestMs: 1_000_000,
  staleAfterMs: 60_000,
  nowMs: 1_000_000 + 5_000,
}

test.each<[string, Partial<Heard>, string]>([
  ['a word of five seconds ago', {}, 'live'],
  ['a word that is just young enough', { nowMs: 1_060_000 }, 'live'],
  ['a word that is too old', { nowMs: 1_060_001 }, 'stale'],
  ['a source that is ahead of the clock', { nowMs: 999_000 }, 'live'],
  ['nothing ever', { newestMs: null }, 'no-data'],
  ['a link that is made', { link: 'connecting' }, 'catching-up'],
  ['a link that catches up', { link: 'catching-up' }, 'catching-up'],
  ['a live link before its first state', { awaitsFirst: true, newestMs: null }, 'catching-up'],
  ['an old word over a link that catches up', { link: 'catching-up', nowMs: 9e9 }, 'catching-up'],
  ['a lost link', { link: 'lost' }, 'lost'],
  ['a lost link that never brought anything', { link: 'lost', newestMs: null }, 'lost'],
])('%s', (_, heard, freshness) => {
  expect(freshnessOf({ ...fresh, ...heard })).toBe(freshness)
})
