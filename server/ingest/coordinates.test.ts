import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bd09Of, gcj02Of, type LonLat, toWgs84 } from './coordinates.ts'

const metresPerDegree = 111_195
const eastM = (from: LonLat, to: LonLat) =>
  (to[0] - from[0]) * metresPerDegree * Math.cos((from[1] * Math.PI) / 180)
const northM = (from: LonLat, to: LonLat) => (to[1] - from[1]) * metresPerDegree
const distanceM = (from: LonLat, to: LonLat) => Math.hypot(eastM(from, to), northM(from, to))

/** Computed from the published formula by another program, seven decimals. */
const vectors: [place: string, wgs84: LonLat, gcj02: LonLat, bd09: LonLat][] = [
  ['Mohan', [101.6826, 21.1867], [101.6839692, 21.1840449], [101.6905076, 21.1898403]],
  ['Jinghong', [100.8, 21.99], [100.8011197, 21.9871444], [100.8075732, 21.9934505]],
  ['in Laos', [102.1, 20.7], [102.1015226, 20.6976176], [102.1079898, 20.7037919]],
  ['in Myanmar', [99.2, 21.5], [99.2007996, 21.4974196], [99.2073449, 21.5032851]],
  ['Beijing', [116.4, 39.9], [116.4062428, 39.9014035], [116.412628, 39.9077338]],
]

describe.each(vectors)('%s', (_place, wgs84, gcj02, bd09) => {
  test('comes back from GCJ-02 and BD-09 to where it was', () => {
    expect(distanceM(wgs84, toWgs84(...gcj02, 'gcj02'))).toBeLessThan(0.05)
    expect(distanceM(wgs84, toWgs84(...bd09, 'bd09'))).toBeLessThan(0.05)
  })

  test('goes forward by the formula', () => {
    expect(distanceM(gcj02, gcj02Of(wgs84))).toBeLessThan(0.02)
    expect(distanceM(bd09, bd09Of(gcj02))).toBeLessThan(0.02)
  })

  test('stays where it is in CGCS2000 and WGS-84', () => {
    expect(toWgs84(...wgs84, 'cgcs2000')).toEqual(wgs84)
    expect(toWgs84(...wgs84, 'wgs84')).toEqual(wgs84)
  })
})

test.each<[place: string, LonLat, east: number, north: number]>([
  ['Jinghong', [100.8, 21.99], 116, -316],
  ['Daluo', [100.03, 21.67], 114, -286],
  ['Menghai', [100.45, 21.95], 121, -295],
  ['Mengla', [101.56, 21.47], 135, -305],
])('the shift at %s is the known one, within 2 m', (_place, wgs84, east, north) => {
  expect(Math.abs(eastM(wgs84, gcj02Of(wgs84)) - east)).toBeLessThan(2)
  expect(Math.abs(northM(wgs84, gcj02Of(wgs84)) - north)).toBeLessThan(2)
})

const insideBox = fc.tuple(
  fc.double({ min: 73.66, max: 135.05, noNaN: true }),
  fc.double({ min: 3.86, max: 53.55, noNaN: true }),
)

test('the inverse is exact anywhere in the box, up to its edges', () => {
  fc.assert(
    fc.property(insideBox, (point) => {
      const gcj02 = gcj02Of(point)
      expect(distanceM(point, toWgs84(...gcj02, 'gcj02'))).toBeLessThan(0.001)
      expect(distanceM(point, toWgs84(...bd09Of(gcj02), 'bd09'))).toBeLessThan(0.001)
    }),
    { seed: 1, numRuns: 2000 },
  )
})

test('a point outside the box is not shifted, however near its edge', () => {
  expect(toWgs84(72.0041, 40, 'gcj02')).toEqual([72.0041, 40])
  expect(toWgs84(73.655, 40, 'gcj02')).toEqual([73.655, 40])
  expect(toWgs84(-122.4, 37.8, 'gcj02')).toEqual([-122.4, 37.8])
  expect(toWgs84(183, 45, 'gcj02')).toEqual([183, 45])
})
