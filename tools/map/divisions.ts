import gcoord from 'gcoord'
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { feature, merge, mesh } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify, simplify } from 'topojson-simplify'
import type { GeometryCollection, Topology, Polygon as TopoPolygon } from 'topojson-specification'
import { type Line, type Point, smooth, untangle } from './geometry.ts'

export type Shapes = FeatureCollection<Polygon | MultiPolygon, { name: string }>
interface Named {
  name: string
}
export interface Divisions {
  counties: Feature<Polygon, Named>[]
  /** the three as one ring */
  outline: Line
  /** between two counties */
  countyBorders: Line[]
  /** of the prefecture, towards other prefectures */
  prefectureBorders: Line[]
  /** of the prefecture, towards other countries */
  nationalBorders: Line[]
  /** of the neighbouring prefectures, towards whatever was not given: other countries too */
  beyond: Line[]
}

/** Triangles smaller than this go, square degrees: a few steps of the 1/1024-degree lattice. */
const leastArea = 4e-6

const untangleShape = (shape: Polygon | MultiPolygon): Polygon | MultiPolygon =>
  shape.type === 'Polygon'
    ? { ...shape, coordinates: shape.coordinates.map((ring) => untangle(ring as Line)) }
    : {
        ...shape,
        coordinates: shape.coordinates.map((rings) => rings.map((ring) => untangle(ring as Line))),
      }

const toWgs84 = ([lon, lat]: Point): Point =>
  gcoord.transform([lon, lat] as [number, number], gcoord.GCJ02, gcoord.WGS84) as Point

/**
 * Counties and borders from shapes in GCJ-02. Thinning, smoothing and conversion work on the arcs of
 * one topology, so a border that two units share stays one line; and a border of the prefecture that
 * no Chinese neighbour shares is a national one.
 */
export const divisionsFrom = (counties: Shapes, neighbours: Shapes[]): Divisions => {
  const own = counties.features.map((county) => county.properties.name)
  const features = [counties, ...neighbours].flatMap((shapes) => shapes.features)
  const clean: Shapes = {
    type: 'FeatureCollection',
    features: features.map((shape) => ({ ...shape, geometry: untangleShape(shape.geometry) })),
  }
  const raw = topology({ all: clean }) as unknown as Topology<{ all: GeometryCollection<Named> }>
  const whole = simplify(presimplify(raw), leastArea)
  whole.arcs = whole.arcs.map((arc) => smooth(arc as Line).map(toWgs84))

  const all = whole.objects.all
  const isOwn = (shape: unknown) => own.includes((shape as { properties: Named }).properties.name)
  const lines = (keep: (a: unknown, b: unknown) => boolean): Line[] =>
    mesh(whole, all as GeometryCollection, keep).coordinates as Line[]
  const ownShapes = all.geometries.filter(isOwn) as TopoPolygon<Named>[]
  const outline = merge(whole, ownShapes as Parameters<typeof merge>[1])

  return {
    counties: ownShapes.map((shape) => feature(whole, shape) as Feature<Polygon, Named>),
    outline: outline.coordinates[0]![0] as Line,
    countyBorders: lines((a, b) => a !== b && isOwn(a) && isOwn(b)),
    prefectureBorders: lines((a, b) => isOwn(a) !== isOwn(b)),
    nationalBorders: lines((a, b) => a === b && isOwn(a)),
    beyond: lines((a, b) => a === b && !isOwn(a)),
  }
}
