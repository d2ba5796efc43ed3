import { expect, test } from 'vitest'
import type { Figure } from '#protocol/figure.ts'
import { exactText, figureText, withheldText } from './figure-format.ts'
import { shortCountText } from './numbers.ts'

test('no data is never a number', () => {
  expect(figureText(null, 'count', 'zh')).toBe('—')
  expect(figureText(null, 'minutes', 'zh')).toBe('—')
  expect(figureText(0, 'count', 'zh')).toBe('0')
})

test('counts have separators, means three significant digits', () => {
  expect(figureText(2418, 'count', 'zh')).toBe('2,418')
  expect(figureText(198.25, 'mean', 'zh')).toBe('198')
  expect(figureText(12.34, 'mean', 'zh')).toBe('12.3')
  expect(figureText(7, 'mean', 'zh')).toBe('7')
})

test('shares are whole per cents, and little is not nothing', () => {
  expect(figureText(0.336, 'percent', 'zh')).toBe('34')
  expect(figureText(0.004, 'percent', 'zh')).toBe('<1')
  expect(figureText(0, 'percent', 'zh')).toBe('0')
  expect(figureText(1, 'percent', 'zh')).toBe('100')
})

test('money has three significant digits in the unit of the language', () => {
  expect(figureText(1_824_600.5, 'money', 'zh')).toBe('182')
  expect(figureText(1_824_600.5, 'money', 'en')).toBe('1,820')
  expect(figureText(4860, 'money', 'zh')).toBe('0.486')
})

test('a withheld count is under five, unless it is only its neighbour that would be; money and shares never are', () => {
  const withheld = (of: Partial<Figure>) =>
    withheldText({ value: null, unit: 'count', ...of } as Figure)
  expect(withheld({})).toBeNull()
  expect(withheld({ under: 5 })).toBe('<5')
  expect(withheld({ under: 5, beside: true })).toBe('*')
  expect(withheld({ under: 5, unit: 'yuan' })).toBe('*')
  expect(withheld({ under: 5, unit: 'share' })).toBe('*')
})

test('a lag is told in seconds, a great count in the unit of the language', () => {
  expect([figureText(1340, 'seconds', 'zh'), figureText(750, 'seconds', 'zh')]).toEqual([
    '1.34',
    '0.75',
  ])
  expect([shortCountText(99_999, 'zh'), shortCountText(99_999, 'en')]).toEqual(['99,999', '99,999'])
  expect([figureText(461_234, 'count', 'zh'), figureText(461_234, 'mean', 'en')]).toEqual([
    '46.1 万',
    '461 k',
  ])
  expect(exactText(461_234, 'count', 'zh')).toBe('461,234')
  expect([shortCountText(4_612_345, 'zh'), shortCountText(4_612_345, 'en')]).toEqual([
    '461 万',
    '4.61 M',
  ])
})
