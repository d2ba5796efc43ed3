import { expect, it } from 'vitest'
import { freeText } from './definition.ts'

const isTaken = (text: string): boolean => freeText(20).safeParse(text).success

it.each([
  ['a line end', 0x0a],
  ['a line separator', 0x2028],
  ['a paragraph separator', 0x2029],
  ['an embedding', 0x202a],
  ['an override', 0x202e],
  ['an isolate', 0x2066],
  ['the end of an isolate', 0x2069],
  ['half a character', 0xd800],
])('refuses %s in free text', (_, codePoint) => {
  expect(isTaken(`a${String.fromCodePoint(codePoint)}b`)).toBe(false)
})

it('takes what people write', () => {
  for (const text of ['', '货车侧翻，占用南向车道', 'naïve – “so”', '🚒 ២៤'])
    expect(isTaken(text)).toBe(true)
})
