import { expect, it } from 'vitest'
import { overdueAfterMs, silentAfterMs } from '#topics/patrols/patrols.react.ts'
import { owners, type RuleId, ruleIds, shelfReasons } from './alarms.codes.ts'
import { rules } from './alarms.rules.ts'
import { alarms } from './alarms.ts'
import { words } from './alarms.words.ts'

it.each(['zh', 'en'] as const)('every figure has its rule in %s, and no two the same', (lang) => {
  const { rule } = words[lang]
  expect(Object.keys(rule).sort()).toEqual(Object.keys(alarms.figures).sort())
  expect(new Set(Object.values(rule)).size).toBe(Object.keys(rule).length)
})

it('every rule stands once, and says in both languages what is to be done and who does it', () => {
  expect(rules.map(({ id }) => id).sort()).toEqual([...ruleIds].sort())
  for (const { id, owner } of rules) {
    for (const lang of ['zh', 'en'] as const) {
      expect(words[lang].response[id].length).toBeGreaterThan(5)
      expect(words[lang].what[id].length).toBeGreaterThan(1)
      expect(words[lang].owner[owner].length).toBeGreaterThan(1)
    }
  }
  expect(Object.keys(words.zh.owner).sort()).toEqual([...owners].sort())
  expect(Object.keys(words.en.shelf).sort()).toEqual([...shelfReasons].sort())
})

it('what a rule says of itself names how long it waits', () => {
  // what it looks at was told so much later than it began
  const toldAfterMs: Partial<Record<RuleId, number>> = {
    'unit-silent': silentAfterMs,
    'unit-missing': silentAfterMs,
    'unit-overdue': overdueAfterMs,
  }
  for (const { id, onDelayMs, escalatesAfterMs } of rules) {
    const delayMs = onDelayMs + (toldAfterMs[id] ?? 0)
    for (const { raise } of Object.values(words)) {
      const numbers = raise[id].match(/\d+/g)?.map(Number) ?? []
      if (delayMs > 0) expect(numbers).toContain(delayMs / (delayMs < 60_000 ? 1000 : 60_000))
      if (escalatesAfterMs) expect(numbers).toContain(escalatesAfterMs / 60_000)
    }
  }
})
