import { readdirSync, readFileSync, statSync } from 'node:fs'
import type { FeatureCollection, LineString, Polygon } from 'geojson'
import { expect, test } from 'vitest'
import { isInside, type Line, nearestOn, type Point } from './geometry.ts'
import type { Seat } from './places.ts'

const folder = new URL('../../public/map/', import.meta.url)
const read = <T>(name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T
const counties =
  read<FeatureCollection<Polygon, { code: string; label: Point }>>('counties.geojson')
const outline = read<FeatureCollection<Polygon>>('outline.geojson').features[0]!.geometry
  .coordinates[0] as Line
const borders =
  read<FeatureCollection<LineString, { kind: string; nearness: number }>>('borders.geojson')
const places = read<{ seats: Seat[] }>('places.json')
const ringOf = (code: string) =>
  counties.features.find(({ properties }) => properties.code === code)!.geometry
    .coordinates[0] as Line

const edgesOf = (ring: Line) =>
  ring.slice(1).map((point, i) => [point.join(), ring[i]!.join()].sort().join(' '))

test('all files together stay small', () => {
  const bytes = readdirSync(folder).reduce(
    (sum, name) => sum + statSync(new URL(name, folder)).size,
    0,
  )
  expect(bytes).toBeLessThan(640 * 1024)
})

test('the three counties, by code', () => {
  expect(counties.features.map(({ properties }) => properties.code).sort()).toEqual([
    '532801',
    '532822',
    '532823',
  ])
})

test('rings are closed, detailed, and lie where the prefecture lies in WGS-84', () => {
  for (const ring of [
    outline,
    ...counties.features.map((one) => one.geometry.coordinates[0] as Line),
  ]) {
    expect(ring.at(-1)).toEqual(ring[0])
    expect(ring.length).toBeGreaterThan(300)
    for (const [lon, lat] of ring) {
      expect(lon > 99.9 && lon < 101.9 && lat > 21.1 && lat < 22.65).toBe(true)
    }
  }
})

test('an edge belongs to two counties or to the outline, so no gap opens between them', () => {
  const times = new Map<string, number>()
  for (const { geometry } of counties.features) {
    for (const edge of edgesOf(geometry.coordinates[0] as Line)) {
      times.set(edge, (times.get(edge) ?? 0) + 1)
    }
  }
  const outer = new Set(edgesOf(outline))
  const wrong = [...times].filter(([edge, count]) => count !== (outer.has(edge) ? 1 : 2))
  expect(wrong).toEqual([])
  expect(outer.size).toBe([...times.values()].filter((count) => count === 1).length)
})

test('35 seats; each known one lies in its county, or at its very edge', () => {
  expect(places.seats).toHaveLength(35)
  expect(new Set(places.seats.map(({ code }) => code)).size).toBe(35)
  const known = places.seats.filter(({ lon, lat }) => lon !== null && lat !== null)
  expect(known.length).toBeGreaterThan(20)
  const astray = known.filter(({ county, lon, lat }) => {
    const place: Point = [lon!, lat!]
    // seats are rounded to about 1 km
    return !isInside(ringOf(county), place) && nearestOn(ringOf(county), place).km > 1.2
  })
  expect(astray.map(({ code }) => code)).toEqual([])
})

test('names that exist twice are told apart, and Mohan is marked', () => {
  for (const lang of ['zh', 'en'] as const) {
    expect(new Set(places.seats.map(({ label }) => label[lang])).size).toBe(35)
  }
  expect(places.seats.find(({ code }) => code === '532823105')?.mark?.zh).toBe('托管')
})

test('county names stand in their county', () => {
  for (const { properties } of counties.features) {
    expect(isInside(ringOf(properties.code), properties.label)).toBe(true)
  }
})

test('prefecture and national borders make up the whole outline', () => {
  const drawn = borders.features
    .filter(({ properties }) => ['prefecture', 'national'].includes(properties.kind))
    .flatMap(({ geometry }) => edgesOf(geometry.coordinates as Line))
  expect(new Set(drawn)).toEqual(new Set(edgesOf(outline)))
})

test('borders abroad never run through the prefecture', () => {
  const abroad = borders.features.filter(({ properties }) => properties.kind === 'abroad')
  expect(abroad.length).toBeGreaterThan(5)
  const inner = abroad
    .flatMap(({ geometry }) => geometry.coordinates as Line)
    .filter((point) => isInside(outline, point) && nearestOn(outline, point).km > 0.1)
  expect(inner).toEqual([])
})
