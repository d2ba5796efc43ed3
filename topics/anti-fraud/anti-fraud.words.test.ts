import { expect, it } from 'vitest'
import { hasMoney, measures } from './anti-fraud.codes.ts'
import { measureName } from './anti-fraud.names.ts'
import { antiFraud } from './anti-fraud.ts'
import { words } from './anti-fraud.words.ts'

it.each(['zh', 'en'] as const)('every figure has its rule in %s, and no two the same', (lang) => {
  const { rule } = words[lang]
  expect(Object.keys(rule).sort()).toEqual(Object.keys(antiFraud.figures).sort())
  expect(new Set(Object.values(rule)).size).toBe(Object.keys(rule).length)
})

it('every sum of money, and no count, says that it is never added to another', () => {
  for (const measure of measures) {
    for (const span of ['Today', 'ToHour', 'UsualToHour'] as const) {
      const count = measureName({ measure, quantity: 'count' }, span)
      expect(words.zh.rule[count]).not.toContain('不可相加')
      if (!hasMoney(measure)) continue
      const sum = measureName({ measure, quantity: 'yuan' }, span)
      expect(words.zh.rule[sum]).toContain('三项分列，不可相加')
      expect(words.en.rule[sum]).toContain('three separate sums, never added')
    }
  }
  expect(words.zh.funds.separate).toBe('三项分列，不可相加')
})
