import { expect, test } from 'vitest'
import { toScreen } from './fit.ts'
import { flight } from './flight.ts'

const size = { widthPx: 1920, heightPx: 1080 }
const wide = { longitude: 100.9, latitude: 21.9, zoom: 8 }
const near = { longitude: 100.8, latitude: 22, zoom: 11 }

test('it begins and ends where it should', () => {
  const way = flight(wide, near)
  expect(way(0).zoom).toBe(8)
  expect(way(0).longitude).toBeCloseTo(100.9)
  expect(way(1)).toEqual(near)
  expect(flight(near, near)(0.5).longitude).toBeCloseTo(near.longitude)
})

test('what both views show at one spot stays there', () => {
  // found by going from one view to the other: the place whose pixel is the same in both
  let [lon, lat] = [100.8, 22]
  for (let n = 0; n < 60; n++) {
    const [x, y] = toScreen([lon, lat], wide, size)
    const [u, v] = toScreen([lon, lat], near, size)
    const perDegree = (512 * 2 ** 11) / 360
    lon -= (u - x) / perDegree
    lat += (v - y) / perDegree
  }
  const still = toScreen([lon, lat], wide, size)
  for (const share of [0.25, 0.5, 0.8]) {
    const [x, y] = toScreen([lon, lat], flight(wide, near)(share), size)
    expect(Math.hypot(x - still[0], y - still[1])).toBeLessThan(1)
  }
})
