import { expect, test } from 'vitest'
import { ownSource, type Standing } from '#protocol/source.ts'
import { beliefOf, type Heard } from './freshness.ts'

const newest = 1_000_000
const fresh: Heard = {
  link: 'live',
  awaitsFirst: false,
  sources: new Map([['cad', newest]]),
  standings: new Map(),
  staleAfterMs: 60_000,
  nowMs: newest + 5000,
}
const standing = (silentSince: number | null): Standing => ({
  intervalMs: 10_000,
  numberPatterns: [],
  silentSince,
})
const promised = new Map([['cad', standing(null)]])
const silent = new Map([['cad', standing(newest + 1000)]])
const none = new Map<string, number>()

test.each<[string, Partial<Heard>, string]>([
  ['a word of five seconds ago', {}, 'live'],
  ['a word that is just young enough', { nowMs: 1_060_000 }, 'live'],
  ['a word that is too old, of a source that promised nothing', { nowMs: 1_060_001 }, 'stale'],
  ['an old word of a source that is alive', { nowMs: 9e9, standings: promised }, 'live'],
  ['a young word of a source that owes another', { standings: silent }, 'silent'],
  [
    'one silent source of two',
    { sources: new Map([...fresh.sources, ['gps', newest + 4000]]), standings: silent },
    'silent',
  ],
  [
    'a silent source that has no part in it',
    { standings: new Map([['gps', standing(1)]]) },
    'live',
  ],
  ['a source that is ahead of the clock', { nowMs: 999_000 }, 'live'],
  ['nothing ever', { sources: none }, 'no-data'],
  ['nothing but what the server noticed', { sources: new Map([[ownSource, newest]]) }, 'live'],
  ['a link that is made', { link: 'connecting' }, 'catching-up'],
  ['a link that catches up', { link: 'catching-up' }, 'catching-up'],
  ['a live link before its first state', { awaitsFirst: true, sources: none }, 'catching-up'],
  ['an old word over a link that catches up', { link: 'catching-up', nowMs: 9e9 }, 'catching-up'],
  ['a lost link', { link: 'lost', standings: silent }, 'lost'],
  ['a lost link that never brought anything', { link: 'lost', sources: none }, 'lost'],
])('%s', (_, heard, freshness) => {
  expect(beliefOf({ ...fresh, ...heard }).freshness).toBe(freshness)
})

test('the age is that of the newest event of a sender, and the longest silence is named first', () => {
  const sources = new Map([
    ['cad', newest],
    ['gps', newest + 2000],
    [ownSource, newest + 9000],
  ])
  const standings = new Map([
    ['gps', standing(newest + 3000)],
    ['cad', standing(newest + 1000)],
  ])
  expect(beliefOf({ ...fresh, sources, standings })).toEqual({
    freshness: 'silent',
    newestMs: newest + 2000,
    silent: [
      { source: 'cad', sinceMs: newest + 1000 },
      { source: 'gps', sinceMs: newest + 3000 },
    ],
  })
})
