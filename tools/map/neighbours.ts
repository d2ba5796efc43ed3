import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { isInside, type Line, nearestOn, type Point } from './geometry.ts'

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>

/** Country borders of the region, by whether China is one of the two sides. */
export interface CountryBorders {
  chinese: Line[]
  foreign: Line[]
}

const region = { west: 96.5, south: 18, east: 105.5, north: 26 }
const isInRegion = ([lon, lat]: Point) =>
  lon > region.west && lon < region.east && lat > region.south && lat < region.north

/** Runs of points that pass `keep`, of two points or more. */
export const stretches = (line: Line, keep: (point: Point) => boolean): Line[] => {
  const runs: Line[] = [[]]
  for (const point of line) {
    if (keep(point)) runs.at(-1)!.push(point)
    else if (runs.at(-1)!.length > 0) runs.push([])
  }
  return runs.filter((run) => run.length > 1)
}

/** Reads the countries at 1:10m (Natural Earth) and cuts their borders to the region. */
export const readCountryBorders = async (): Promise<CountryBorders> => {
  const path = createRequire(import.meta.url).resolve('world-atlas/countries-10m.json')
  const world = JSON.parse(await readFile(path, 'utf8')) as World
  const isChina = (shape: unknown) =>
    (shape as { properties: { name: string } }).properties.name === 'China'
  const between = (keep: (a: unknown, b: unknown) => boolean) =>
    mesh(world, world.objects.countries, keep).coordinates.flatMap((line) =>
      stretches(line as Line, isInRegion),
    )
  return {
    chinese: between((a, b) => a !== b && (isChina(a) || isChina(b))),
    foreign: between((a, b) => a !== b && !isChina(a) && !isChina(b)),
  }
}

/** How far the two data sets may disagree about one border, km. */
const sameBorderKm = 8

const nearestOf = (lines: Line[], place: Point) =>
  lines.map((line) => nearestOn(line, place)).reduce((best, one) => (one.km < best.km ? one : best))

/** The stretches of `beyond` that are borders of the country and not of a far province. */
export const nationalStretches = (beyond: Line[], countries: CountryBorders): Line[] =>
  beyond.flatMap((line) =>
    stretches(
      line,
      (point) => isInRegion(point) && nearestOf(countries.chinese, point).km < sameBorderKm,
    ),
  )

/**
 * Fits foreign borders to the country's own: nothing of them inside the prefecture, and an end that
 * comes near a border of the country ends on it.
 */
export const fitForeign = (foreign: Line[], outline: Line, national: Line[]): Line[] => {
  const joined = (line: Line): Line => {
    const ends = [line[0]!, line.at(-1)!].map((end) => {
      const near = nearestOf(national, end)
      return near.km < 2 * sameBorderKm ? [near.point] : []
    })
    return [...ends[0]!, ...line, ...ends[1]!]
  }
  return foreign
    .flatMap((line) => stretches(line, (point) => !isInside(outline, point)))
    .map(joined)
}
