import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type CoordinateSystem, type LonLat, toWgs84 } from '../ingest/coordinates.ts'

/** A line of a shape, WGS-84 degrees, and what the file calls it. */
export interface Shape {
  name: string
  line: LonLat[]
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
const feature = z.object({
  type: z.literal('Feature'),
  properties: z.object({ name: z.string().optional() }).nullable(),
  geometry,
})

/** Reads a GeoJSON file of lines and areas. Throws an error that names the file, the feature and the field. */
export const readShapes = (path: string, crs: CoordinateSystem): Shape[] => {
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
  return collection.data.features.flatMap((each, index) => {
    const checked = feature.safeParse(each)
    if (!checked.success) {
      const { path: field, message } = checked.error.issues[0]!
      throw new Error(
        `${path}, feature ${index + 1}, ${field.join('.') || 'as a whole'}: ${message}`,
      )
    }
    const name = checked.data.properties?.name ?? ''
    return linesOf(checked.data.geometry).map((points) => ({
      name,
      line: points.map(([lon, lat]) => toWgs84(lon, lat, crs)),
    }))
  })
}
