import { expect, test } from 'vitest'
import { figureText } from './figure-format.ts'

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
