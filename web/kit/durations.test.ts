import { expect, test } from 'vitest'
import { elapsedText, minutesText, runningTime } from './durations.ts'

test.each([
  [-5_000, '00:00'],
  [520_999, '08:40'],
  [3_599_999, '59:59'],
  [3_600_000, '1:00:00'],
  [47 * 3_600_000 + 61_000, '47:01:01'],
  [4.5 * 86_400_000, '4 d'],
])('%i ms has been running for %s', (durationMs, text) => {
  expect(runningTime(durationMs, 'en')).toBe(text)
})

test('days are named in the language of the wall', () => {
  expect(runningTime(4.5 * 86_400_000, 'zh')).toBe('4 天')
})

test.each([
  [0, '0.0'],
  [36_000, '0.6'],
  [564_000, '9.4'],
  [99.94 * 60_000, '99.9'],
  [99.96 * 60_000, '100'],
  [1_234 * 60_000, '1230'],
])('%i ms is %s minutes', (durationMs, text) => {
  expect(minutesText(durationMs)).toBe(text)
})

test.each([
  [-5, '<1 分', '<1 min'],
  [59_999, '<1 分', '<1 min'],
  [13 * 60_000, '13 分', '13 min'],
  [65 * 60_000, '1时05分', '1 h 05 min'],
  [599 * 60_000, '9时59分', '9 h 59 min'],
  [600 * 60_000, '10 时', '10 h'],
  [47 * 3_600_000, '47 时', '47 h'],
  [48 * 3_600_000, '2 天', '2 d'],
])('%i ms so far is %s, %s', (durationMs, zh, en) => {
  expect(elapsedText(durationMs, 'zh')).toBe(zh)
  expect(elapsedText(durationMs, 'en')).toBe(en)
})
