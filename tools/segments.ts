import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { FeatureCollection, LineString, Polygon } from 'geojson'
import { mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { distanceKm, type Line, nearestOn, type Point, thin } from './map/geometry.ts'

const count = 46
/** How far a drawn segment may lie off the border of the map, degrees: about 130 m. */
const toleranceDeg = 0.0012
const target = new URL('../topics/patrols/segments.codes.ts', import.meta.url)

interface Seat {
  code: string
  county: string
  lon: number | null
  lat: number | null
}

const read = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(new URL(`../public/map/${name}`, import.meta.url), 'utf8')) as T

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>

/** Borders of one country (Natural Earth): enough to tell which of two neighbours is the nearer. */
const readCountry = async (name: string): Promise<Line[]> => {
  const path = createRequire(import.meta.url).resolve('world-atlas/countries-10m.json')
  const world = JSON.parse(await readFile(path, 'utf8')) as World
  const isIt = (shape: unknown) =>
    (shape as { properties: { name: string } }).properties.name === name
  return mesh(world, world.objects.countries, (a, b) => isIt(a) || isIt(b)).coordinates as Line[]
}

const between = (a: Point, b: Point, share: number): Point => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
]

/** Cuts a line into pieces of equal length; neighbours share their end. */
const cut = (line: Line, pieces: number): Line[] => {
  const lengthKm = lengthOf(line) / pieces
  const cuts: Line[] = [[line[0]!]]
  let leftKm = lengthKm
  for (let i = 1; i < line.length; i++) {
    let from = line[i - 1]!
    const to = line[i]!
    let km = distanceKm(from, to)
    while (km > leftKm && cuts.length < pieces) {
      from = between(from, to, leftKm / km)
      cuts.at(-1)!.push(from)
      cuts.push([from])
      leftKm = lengthKm
      km = distanceKm(from, to)
    }
    cuts.at(-1)!.push(to)
    leftKm -= km
  }
  return cuts
}

const lengthOf = (line: Line): number =>
  line.slice(1).reduce((km, point, i) => km + distanceKm(line[i]!, point), 0)

const nearest = <T>(some: readonly T[], kmTo: (one: T) => number): T =>
  some.reduce((best, one) => (kmTo(one) < kmTo(best) ? one : best))

const borders = await read<FeatureCollection<LineString, { kind: string }>>('borders.geojson')
const counties = await read<FeatureCollection<Polygon, { code: string }>>('counties.geojson')
const { seats } = await read<{ seats: Seat[] }>('places.json')
const national = borders.features.filter(({ properties }) => properties.kind === 'national')
if (national.length !== 1) throw new Error(`one national border expected, not ${national.length}`)
const countries = await Promise.all(
  ['Laos', 'Myanmar'].map(async (name) => ({ name, lines: await readCountry(name) })),
)

const segments = cut(national[0]!.geometry.coordinates as Line, count).map((piece, index) => {
  const middle = cut(piece, 2)[0]!.at(-1)!
  const kmTo = (line: Line) => nearestOn(line, middle).km
  const county = nearest(counties.features, ({ geometry }) =>
    Math.min(...geometry.coordinates.map((ring) => kmTo(ring as Line))),
  ).properties.code
  const known = seats.filter((seat) => seat.county === county && seat.lon !== null)
  const seat = nearest(known, ({ lon, lat }) => distanceKm(middle, [lon!, lat!]))
  const line = thin(piece, toleranceDeg)
  return {
    code: `BD-${String(index + 1).padStart(2, '0')}`,
    township: seat.code,
    neighbour: nearest(countries, ({ lines }) => Math.min(...lines.map(kmTo))).name,
    lengthKm: Number(lengthOf(line).toFixed(1)),
    line: line.flat().map((degrees) => Number(degrees.toFixed(4))),
  }
})

const head = `/**
 * A stretch of the border that one team answers for. Synthetic: made by \`tools/segments.ts\`, which cuts the national
 * border of the map into ${count} of equal length, from the north-east round to the west. Real segments are not public.
 */
export interface Segment {
  code: string
  /** 9 digits: the township in whose county it lies and whose known seat is nearest */
  township: string
  neighbour: 'Laos' | 'Myanmar'
  lengthKm: number
  /** WGS-84 degrees: lon, lat, lon, lat, …; the prefecture is on its right hand */
  line: readonly number[]
}

export const segments: readonly Segment[] = [
`
const rows = segments.map(
  ({ code, township, neighbour, lengthKm, line }) =>
    `  { code: '${code}', township: '${township}', neighbour: '${neighbour}', lengthKm: ${lengthKm}, line: [${line.join(', ')}] },\n`,
)
await writeFile(target, `${head}${rows.join('')}]\n`)
const points = segments.reduce((sum, { line }) => sum + line.length / 2, 0)
console.log(`${segments.length} segments, ${points} points`)
