import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { BaseMap } from './base-map.ts'
import { placesOf } from './targets.ts'

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../public/map/${name}`, import.meta.url), 'utf8'))
const map = {
  counties: read('counties.geojson') as BaseMap['counties'],
  outline: read('outline.geojson').features[0].geometry.coordinates[0] as BaseMap['outline'],
}
const spanOf = (places: readonly (readonly [number, number])[]) => {
  const lons = places.map(([lon]) => lon)
  return [Math.min(...lons), Math.max(...lons)] as const
}

test('a county is narrower than the prefecture', () => {
  const [west, east] = spanOf(placesOf({ fit: 'prefecture' }, map))
  const mengla = spanOf(placesOf({ fit: 'county', code: '532823' }, map))
  expect(mengla[0]).toBeGreaterThan(west + 0.5)
  expect(mengla[1]).toBeLessThanOrEqual(east)
})

test('a county that nobody knows is the prefecture', () => {
  expect(placesOf({ fit: 'county', code: '000000' }, map)).toBe(map.outline)
})

test('a place is shown with so many kilometres from side to side', () => {
  const [west, east] = spanOf(placesOf({ at: [100.8, 22], spanKm: 20 }, map))
  const km = (east - west) * 111.195 * Math.cos((22 * Math.PI) / 180)
  expect(km).toBeCloseTo(20, 6)
})
