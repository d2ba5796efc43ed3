import { readFileSync } from 'node:fs'
import type { FeatureCollection, LineString, Polygon } from 'geojson'
import { expect, test } from 'vitest'
import { segments } from '#topics/patrols/segments.codes.ts'
import { isInside, type Line, nearestOn, type Point } from './map/geometry.ts'

const read = <T>(name: string) =>
  JSON.parse(readFileSync(new URL(`../public/map/${name}`, import.meta.url), 'utf8')) as T
const border = read<FeatureCollection<LineString, { kind: string }>>(
  'borders.geojson',
).features.find(({ properties }) => properties.kind === 'national')!.geometry.coordinates as Line
const outline = read<FeatureCollection<Polygon>>('outline.geojson').features[0]!.geometry
  .coordinates[0] as Line

const pointsOf = (line: readonly number[]): Line =>
  Array.from({ length: line.length / 2 }, (_, n) => [line[2 * n]!, line[2 * n + 1]!])
const middleOf = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]

test('46 segments, end to end, of about one length', () => {
  expect(segments.map(({ code }) => code)).toEqual(
    Array.from({ length: 46 }, (_, n) => `BD-${String(n + 1).padStart(2, '0')}`),
  )
  for (const [n, { line, lengthKm }] of segments.entries()) {
    expect(lengthKm).toBeGreaterThan(11.5)
    expect(lengthKm).toBeLessThan(13)
    if (n > 0) expect(line.slice(0, 2)).toEqual(segments[n - 1]!.line.slice(-2))
  }
})

test('they lie on the national border of the map, all along it', () => {
  const all = segments.flatMap(({ line }) => pointsOf(line))
  for (const point of all) expect(nearestOn(border, point).km).toBeLessThan(0.05)
  for (const point of border) expect(nearestOn(all, point).km).toBeLessThan(0.15)
  expect(new Set(segments.map(({ neighbour }) => neighbour))).toEqual(new Set(['Laos', 'Myanmar']))
})

test('the prefecture is on their right hand', () => {
  const sides = segments.flatMap(({ line }) => {
    const points = pointsOf(line)
    return points.slice(1).map((point, n) => {
      const [x, y] = middleOf(points[n]!, point)
      const [dx, dy] = [point[0] - points[n]![0], point[1] - points[n]![1]]
      const length = Math.hypot(dx, dy)
      return isInside(outline, [x + (0.004 * dy) / length, y - (0.004 * dx) / length])
    })
  })
  const inside = sides.filter(Boolean).length
  expect(inside / sides.length).toBeGreaterThan(0.97)
})
