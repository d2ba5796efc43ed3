import { expect, test } from 'vitest'
import { fitTexts } from './fit-texts.ts'

const texts = ['cad-1 3 秒前', 'cad-2 3 秒前', 'cad-3 3 秒前']

test.each([
  [0, 1],
  [8, 1],
  [17, 2],
  [100, 3],
])('a strip of %i em takes %i of three', (roomEm, shown) => {
  expect(fitTexts(texts, roomEm)).toBe(shown)
})

test('no text is no text', () => {
  expect(fitTexts([], 50)).toBe(0)
})
