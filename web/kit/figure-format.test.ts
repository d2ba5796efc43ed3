import { expect, test } from 'vitest'
import type { Figure } from '#protocol/figure.ts'
import { figureText, withheldText } from './figure-format.ts'
import { shortCountText } from './numbers.ts'

test('no data is never a number', () => {
  expect(figureText(null, 'count')).toBe('—')
  expect(figureText(null, 'minutes')).toBe('—')
  expect(figureText(0, 'count')).toBe('0')
})

test('counts have separators, means three significant digits', () => {
  expect(figureText(2418, 'count')).toBe('2,418')
  expect(figureText(198.25, 'mean')).toBe('198')
  expect(figureText(12.34, 'mean')).toBe('12.3')
  expect(figureText(7, 'mean')).toBe('7')
})

test('shares are whole per cents, and little is not nothing', () => {
  expect(figureText(0.336, 'percent')).toBe('34')
  expect(figureText(0.004, 'percent')).toBe('<1')
  expect(figureText(0, 'percent')).toBe('0')
  expect(figureText(1, 'percent')).toBe('100')
})

test('money has three significant digits in the unit of the language', () => {
  expect(figureText(1_824_600.5, 'tenThousands')).toBe('182')
  expect(figureText(1_824_600.5, 'thousands')).toBe('1,820')
  expect(figureText(4860, 'tenThousands')).toBe('0.486')
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
  expect([figureText(1340, 'seconds'), figureText(750, 'seconds')]).toEqual(['1.34', '0.75'])
  expect([shortCountText(99_999, 'zh'), shortCountText(99_999, 'en')]).toEqual(['99,999', '99,999'])
  expect([shortCountText(4_612_345, 'zh'), shortCountText(4_612_345, 'en')]).toEqual([
    '461 万',
    '4.61 M',
  ])
})
