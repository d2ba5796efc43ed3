import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type CoordinateSystem, type LonLat, toWgs84 } from '../ingest/coordinates.ts'

/** A line of a shape, WGS-84 degrees, and what the file calls it. */
export interface Shape {
  name: string
  line: LonLat[]
}

/** An area of the grid: each part an outline and the holes in it, as steps of `cellQuantumDegrees`. */
export interface Cell {
  code: string
  parts: number[][][]
}

const place = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number())
const line = z.array(place).min(2)
const ring = z.array(place).min(4)
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('LineString'), coordinates: line }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(line) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring)) }),
])
const linesOf = (of: z.infer<typeof geometry>) => {
  if (of.type === 'LineString') return [of.coordinates]
  return of.type === 'MultiPolygon' ? of.coordinates.flat() : of.coordinates
}
const drawn = z.object({
  type: z.literal('Feature'),
  properties: z.object({ name: z.string().optional() }).nullable(),
  geometry,
})
const cell = z.object({
  type: z.literal('Feature'),
  properties: z.object({ code: z.string().min(1).max(64) }),
  geometry: z.discriminatedUnion('type', [
    z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
    z.object({
      type: z.literal('MultiPolygon'),
      coordinates: z.array(z.array(ring).min(1)).min(1),
    }),
  ]),
})

const wrong = (path: string, feature: number, field: string, message: string) =>
  new Error(`${path}, feature ${feature}, ${field || 'as a whole'}: ${message}`)

/** The features of a GeoJSON file. Throws an error that names the file, the feature and the field. */
const readFeatures = <Feature>(path: string, feature: z.ZodType<Feature>): Feature[] => {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (fault) {
    throw new Error(`${path} cannot be read as JSON (${(fault as Error).message})`)
  }
  const collection = z
    .object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()).min(1) })
    .safeParse(value)
  if (!collection.success) throw new Error(`${path} must be a FeatureCollection with features`)
  return collection.data.features.map((each, index) => {
    const checked = feature.safeParse(each)
    if (checked.success) return checked.data
    const { path: field, message } = checked.error.issues[0]!
    throw wrong(path, index + 1, field.join('.'), message)
  })
}

/** Reads a GeoJSON file of lines and areas. Throws an error that names the file, the feature and the field. */
export const readShapes = (path: string, crs: CoordinateSystem): Shape[] =>
  readFeatures(path, drawn).flatMap(({ properties, geometry: of }) =>
    linesOf(of).map((points) => ({
      name: properties?.name ?? '',
      line: points.map(([lon, lat]) => toWgs84(lon, lat, crs)),
    })),
  )

/** Steps of a cell's corners, degrees: about a metre. */
export const cellQuantumDegrees = 0.00001

/** Each corner as steps from the one before, the first from 0° 0°; corners that fall together become one. */
const stepsOf = (points: readonly LonLat[]): number[] => {
  const corners = points
    .map((point) => point.map((degrees) => Math.round(degrees / cellQuantumDegrees)) as LonLat)
    .filter(([x, y], n, all) => {
      const [nextX, nextY] = all[(n + 1) % all.length]!
      return x !== nextX || y !== nextY
    })
  return corners.flatMap(([x, y], n) => {
    const [beforeX, beforeY] = n === 0 ? [0, 0] : corners[n - 1]!
    return [x - beforeX, y - beforeY]
  })
}
const threeCorners = 6

/** Reads a GeoJSON file of areas with a `code` each. Throws an error that names the file, the feature and the field. */
export const readCells = (path: string, crs: CoordinateSystem): Cell[] => {
  const byCode = new Map<string, number>()
  return readFeatures(path, cell).map(({ properties: { code }, geometry: of }, index) => {
    const twin = byCode.get(code)
    if (twin) throw wrong(path, index + 1, 'properties.code', `${code} is feature ${twin} already`)
    byCode.set(code, index + 1)
    const areas = of.type === 'Polygon' ? [of.coordinates] : of.coordinates
    const parts = areas.map((rings) =>
      rings.map((points) => stepsOf(points.map(([lon, lat]) => toWgs84(lon, lat, crs)))),
    )
    if (parts.flat().some((steps) => steps.length < threeCorners))
      throw wrong(path, index + 1, 'geometry.coordinates', 'a ring needs three corners')
    return { code, parts }
  })
}
