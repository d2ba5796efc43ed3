import { expect, test } from 'vitest'
import type { Figure, Provenance } from '#protocol/figure.ts'
import { type AnswerPart, answerOf, type Pen } from './where-from-parts.ts'

const now = Date.UTC(2026, 10, 22, 14, 41, 7)
const pen: Pen = {
  t: (key, named) => [key, ...Object.values(named ?? {})].join(' '),
  lang: 'en',
  now,
  titleOf: (source) => (source === 'cad' ? 'calls' : source),
  freshnessOf: (topic, sources) =>
    topic === 'incidents' && sources.includes('cad') ? 'silent' : 'live',
}
const newest = { id: 'e-1', at: now - 90_000, seenAt: now - 60_000 }
const provenance: Provenance = {
  rule: 'incidents.rule.open',
  sources: ['cad', 'gps'],
  window: null,
  count: 12,
  excluded: { missing: 2, outOfOrder: 0 },
  newest,
  simulated: true,
}
const answer = (over: Partial<Provenance>): Map<string, AnswerPart> => {
  const figure: Figure & { name: string; freshness: string } = {
    ...{ name: 'incidents.open', value: 12, unit: 'count', freshness: 'live' },
    provenance: { ...provenance, ...over },
  }
  const parts = answerOf({ figure, format: 'count', unit: undefined }, pen)
  return new Map(parts.map((part) => [part.key, part]))
}

test('a figure says rule, window, sources by title and name, how many, what was left out and the newest', () => {
  const parts = answer({})
  expect([...parts.keys()]).toEqual([
    ...['rule', 'window', 'sources', 'events', 'excluded', 'newest', 'simulated', 'state'],
  ])
  expect(parts.get('sources')!.text).toBe('calls (cad) · gps')
  expect(parts.get('events')!.text).toContain('12')
  expect(parts.get('excluded')!.text).toBe('incidents.excluded.missing 2')
  expect(parts.get('newest')!.text).toContain('1 min ago e-1')
})

test('of many sources a few are named, so that the answer fits a wall', () => {
  const sources = Array.from({ length: 64 }, (_, n) => `s${n}`)
  const { text } = answer({ sources }).get('sources')!
  expect(text).toMatch(/^kit\.whereFrom\.moreSources s0 · .* s5 64$/)
  expect(text).not.toContain('s6')
})

test('what is simulated is counted where somebody has counted it', () => {
  const said = (over: Partial<Provenance>) => answer(over).get('simulated')?.text
  expect(said({ simulatedCount: 5 })).toBe('kit.whereFrom.partMadeUp 5 12')
  expect(said({ simulatedCount: 12 })).toBe('kit.whereFrom.allMadeUp')
  expect(said({})).toBe('kit.whereFrom.madeUp')
  expect(said({ simulated: false })).toBeUndefined()
})

test('what the server alone knows is not said to be nothing', () => {
  const served = answer({ sources: [], count: null, newest: null })
  for (const key of ['sources', 'events', 'newest'])
    expect([key, served.get(key)!.text]).toEqual([key, 'kit.whereFrom.notHere'])
  const none = answer({ sources: [], count: 0, newest: null })
  expect(none.get('newest')!.text).toBe('kit.whereFrom.none')
})

test('a row answers as a figure does, by the last event of it, and is in doubt with its source', () => {
  const of = { sources: ['cad'], newest, simulated: true }
  const parts = answerOf({ row: '0417', rule: 'incidents.rule.row', of }, pen)
  expect(parts.map(({ key }) => key)).toEqual(['rule', 'sources', 'newest', 'simulated', 'state'])
  expect(parts.at(-1)).toEqual({
    key: 'state',
    text: 'kit.whereFrom.freshness.silent',
    isDoubtful: true,
  })
})
