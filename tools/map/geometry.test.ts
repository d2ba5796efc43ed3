import { expect, test } from 'vitest'
import { distanceKm, isInside, type Line, nearestOn, smooth, thin, untangle } from './geometry.ts'

const square: Line = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
]

test('a degree of latitude is 111 km, one of longitude less with latitude', () => {
  expect(distanceKm([100, 21], [100, 22])).toBeCloseTo(111.2, 1)
  expect(distanceKm([100, 22], [101, 22])).toBeCloseTo(103.1, 1)
})

test('the nearest point of a line may lie between its points', () => {
  const near = nearestOn(square, [0.5, -0.1])
  expect(near.point[0]).toBeCloseTo(0.5)
  expect(near.point[1]).toBeCloseTo(0)
  expect(near.km).toBeCloseTo(11.1, 1)
})

test('inside and outside', () => {
  expect(isInside(square, [0.5, 0.5])).toBe(true)
  expect(isInside(square, [1.5, 0.5])).toBe(false)
})

test('untangling takes out doubles, spikes and knots and nothing else', () => {
  const tangled: Line = [
    [0, 0],
    [1, 0],
    [1, 0],
    [2, 0],
    [1, 0],
    [1, 1],
    [1.2, 1.1],
    [1.1, 1.2],
    [1, 1],
    [0, 1],
    [0, 0],
  ]
  expect(untangle(tangled)).toEqual(square)
  expect(untangle(square)).toEqual(square)
})

test('smoothing keeps both ends and stays within the corners', () => {
  const line: Line = [
    [0, 0],
    [1, 0],
    [1, 1],
  ]
  expect(smooth(line)).toEqual([
    [0, 0],
    [0.75, 0],
    [1, 0.25],
    [1, 1],
  ])
})

test('thinning drops what lies within the tolerance and keeps the rest', () => {
  const line: Line = [
    [0, 0],
    [1, 0.001],
    [2, 0.5],
    [3, 0],
  ]
  expect(thin(line, 0.01)).toEqual([
    [0, 0],
    [1, 0.001],
    [2, 0.5],
    [3, 0],
  ])
  expect(thin(line, 0.6)).toEqual([
    [0, 0],
    [3, 0],
  ])
})
