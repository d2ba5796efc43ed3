import { expect, test } from 'vitest'
import { orbitAt, orbitPx } from './orbit.ts'

const minuteMs = 60_000

test('in a day the picture is in eight places, never farther than its room, and none for more than ten minutes', () => {
  const places = new Set<string>()
  let sinceMs = 0
  let last = ''
  for (let atMs = 0; atMs <= 1440 * minuteMs; atMs += minuteMs) {
    const { leftPx, topPx } = orbitAt(atMs)
    const place = `${leftPx} ${topPx}`
    for (const px of [leftPx, topPx]) {
      expect(Number.isInteger(px)).toBe(true)
      expect(px).toBeGreaterThanOrEqual(0)
      expect(px).toBeLessThanOrEqual(2 * orbitPx)
    }
    if (place !== last) sinceMs = atMs
    expect(atMs - sinceMs).toBeLessThan(10 * minuteMs)
    // 4 px from the middle, as far as whole px go
    const fromMiddlePx = Math.hypot(leftPx - orbitPx, topPx - orbitPx)
    expect(fromMiddlePx).toBeGreaterThanOrEqual(4)
    expect(fromMiddlePx).toBeLessThanOrEqual(10)
    places.add(place)
    last = place
  }
  expect(places.size).toBe(8)
})

test('a wall that knows no time stands in the middle', () => {
  expect(orbitAt(null)).toEqual({ leftPx: orbitPx, topPx: orbitPx })
})
