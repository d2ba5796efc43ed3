import { expect, test } from 'vitest'
import { clockText, dateText, hourOf, windowText } from './beijing.ts'

const lateEvening = Date.UTC(2026, 10, 21, 16, 0, 7)

test('the day turns in Beijing, not in Greenwich', () => {
  expect(clockText(lateEvening)).toBe('00:00:07')
  expect(hourOf(lateEvening)).toBe(0)
  expect(dateText(lateEvening, 'zh')).toBe('11月22日 星期日')
  expect(dateText(lateEvening, 'en')).toBe('Sunday 22 November')
  expect(dateText(lateEvening - 8_000, 'en')).toBe('Saturday 21 November')
})

test('a span names its day once, or both days where there are two', () => {
  const window = { fromMs: lateEvening, toMs: lateEvening + 22 * 3_600_000 }
  expect(windowText(window, 'zh')).toBe('11月22日 00:00–22:00')
  expect(windowText(window, 'en')).toBe('22 Nov 00:00–22:00')
  expect(windowText({ ...window, fromMs: lateEvening - 60_000 }, 'en')).toBe(
    '21 Nov 23:59 – 22 Nov 22:00',
  )
})
