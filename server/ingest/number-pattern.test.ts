import { expect, it } from 'vitest'
import { fitsAny, fitsPattern } from './number-pattern.ts'

it.each([
  ['5328############', '5328012026112204', true],
  ['5328############', '53280120261122041', false],
  ['5328############', '532801202611220', false],
  ['5328####', '53290120', false],
  ['@@-####', 'AB-0417', true],
  ['@@-####', 'A1-0417', false],
  ['??', 'a1', true],
  ['??', 'a-', false],
  ['##', '１１', false],
  ['@#', '云1', false],
])('%s and %s: %s', (pattern, code, fits) => {
  expect(fitsPattern(code, pattern)).toBe(fits)
})

it('fits when one of several does', () => {
  expect(fitsAny(['##', '@@'])('ab')).toBe(true)
  expect(fitsAny([])('')).toBe(false)
})
