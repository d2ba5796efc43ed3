import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isNight } from './dim.ts'

const beijing = (time: string) => Date.parse(`2026-11-23T${time}+08:00`)

test.each([
  ['20:59:59', false],
  ['21:00:00', true],
  ['00:00:00', true],
  ['06:59:59', true],
  ['07:00:00', false],
])('at %s in Beijing night is %s', (time, expected) => {
  expect(isNight('auto', beijing(time))).toBe(expected)
})

test('somebody may say otherwise, and nothing is dark before the time is known', () => {
  expect(isNight('day', beijing('23:00:00'))).toBe(false)
  expect(isNight('night', beijing('12:00:00'))).toBe(true)
  expect(isNight('auto', null)).toBe(false)
})

const tokensOf = (file: string): Record<string, string> =>
  Object.fromEntries(
    Array.from(readFileSync(file, 'utf8').matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi), (match) => [
      match[1]!,
      match[2]!,
    ]),
  )
const luminance = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

test.each([
  ['paper', 7],
  ['words', 4.5],
  ['quiet', 4.5],
  ['p1', 3],
  ['p2', 3],
  ['p3', 3],
])('at night %s keeps its contrast of %f, and is darker than by day', (name, least) => {
  const day = tokensOf('web/kit/tokens.css')
  const night = { ...day, ...tokensOf('web/wall/night.css') }
  expect(contrast(night[name]!, night.ground!)).toBeGreaterThanOrEqual(least)
  expect(luminance(night[name]!)).toBeLessThanOrEqual(luminance(day[name]!))
})

test('the night is darker where it matters: words and values give a third less light', () => {
  const [day, night] = [tokensOf('web/kit/tokens.css'), tokensOf('web/wall/night.css')]
  for (const name of ['paper', 'words'])
    expect(luminance(night[name]!)).toBeLessThan(0.67 * luminance(day[name]!))
})
