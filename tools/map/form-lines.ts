import { contours } from 'd3-contour'
import { isInside, type Line, type Point, smooth, thin } from './geometry.ts'
import { stretches } from './neighbours.ts'
import { type Elevation, heightM } from './relief.ts'

const perDegree = 90
const marginDeg = 0.1
/** Steps of the carried heights are rough: these lines show form, and carry no height. */
const intervalM = 120
const leastPoints = 24

/** Lines of equal height inside the prefecture. */
export const formLines = (grid: Elevation, outline: Line): Line[] => {
  const coarse = thin(outline, 0.005)
  const west = Math.min(...outline.map(([lon]) => lon)) - marginDeg
  const east = Math.max(...outline.map(([lon]) => lon)) + marginDeg
  const south = Math.min(...outline.map(([, lat]) => lat)) - marginDeg
  const north = Math.max(...outline.map(([, lat]) => lat)) + marginDeg
  const columns = Math.round((east - west) * perDegree)
  const rows = Math.round((north - south) * perDegree)
  const place = (x: number, y: number): Point => [west + x / perDegree, north - y / perDegree]
  const heights = Array.from({ length: columns * rows }, (_, i) =>
    heightM(grid, place((i % columns) + 0.5, Math.floor(i / columns) + 0.5)),
  )
  const lowest = Math.ceil(Math.min(...heights) / intervalM) * intervalM
  const highest = Math.max(...heights)
  const levels = Array.from(
    { length: Math.ceil((highest - lowest) / intervalM) },
    (_, i) => lowest + i * intervalM,
  )
  return contours()
    .size([columns, rows])
    .thresholds(levels)(heights)
    .flatMap((level) => level.coordinates.flat())
    .filter((ring) => ring.length >= leastPoints)
    .flatMap((ring) =>
      stretches(
        ring.map(([x, y]) => place(x!, y!)),
        (point) => isInside(coarse, point),
      ),
    )
    .map((line) => smooth(thin(line, 0.0025)))
}
