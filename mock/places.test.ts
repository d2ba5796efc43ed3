import { expect, test } from 'vitest'
import { isInside, placeSomewhere, townshipAt } from './places.ts'
import { createRandom } from './random.ts'
import { townships } from './townships.ts'

test('every seat lies in its county, and is its own township', () => {
  expect(townships).toHaveLength(35)
  expect(new Set(townships.map(({ code }) => code)).size).toBe(35)
  expect(new Set(townships.map(({ sign }) => sign)).size).toBe(35)
  for (const township of townships) {
    const { code, lon, lat } = township
    expect(isInside(code.slice(0, 6), lon, lat), code).toBe(true)
    expect(townshipAt(code.slice(0, 6), lon, lat)).toBe(township)
  }
})

test('an outline tells in from out', () => {
  expect(isInside('532801', 100.8, 22)).toBe(true)
  expect(isInside('532822', 100.8, 22)).toBe(false)
  expect(isInside('532801', 100.8, 21.3)).toBe(false)
  expect(isInside('530000', 100.8, 22)).toBe(false)
})

test('places lie in the township that they name, two thirds of them in Jinghong', () => {
  const random = createRandom(1)
  const places = Array.from({ length: 5000 }, () => placeSomewhere(random))
  for (const { lon, lat, township } of places) {
    const county = township.code.slice(0, 6)
    expect(isInside(county, lon, lat)).toBe(true)
    expect(townshipAt(county, lon, lat)).toBe(township)
  }
  const inJinghong = places.filter(({ township }) => township.code.startsWith('532801'))
  expect(Math.abs(inJinghong.length / places.length - 2 / 3)).toBeLessThan(0.05)
  expect(new Set(places.map(({ township }) => township.code)).size).toBe(35)
})
