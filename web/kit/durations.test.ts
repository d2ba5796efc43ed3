import { expect, test } from 'vitest'
import { minutesText, runningTime } from './durations.ts'

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
