import { expect, test } from 'vitest'
import { ageText } from './ages.ts'

test.each([
  [-300, '0 秒前', '0 s ago'],
  [4_999, '4 秒前', '4 s ago'],
  [59_999, '59 秒前', '59 s ago'],
  [60_000, '1 分前', '1 min ago'],
  [3_599_999, '59 分前', '59 min ago'],
  [47.9 * 3_600_000, '47 小时前', '47 h ago'],
  [48 * 3_600_000, '2 天前', '2 d ago'],
])('%i ms is %s, %s', (ageMs, zh, en) => {
  expect(ageText(ageMs, 'zh')).toBe(zh)
  expect(ageText(ageMs, 'en')).toBe(en)
})
