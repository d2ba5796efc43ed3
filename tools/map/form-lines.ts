import { contours } from 'd3-contour'
import { isInside, type Line, type Point, thin } from './geometry.ts'
import { stretches } from './neighbours.ts'
import type { HeightPicture } from './relief.ts'

/** Steps of the carried heights are rough: these lines show form, and carry no height. */
const intervalM = 50
const leastPoints = 40

/** Lines of equal height inside the prefecture, the higher ground to their left: a page can light them by their course. */
export const formLines = (picture: HeightPicture, outline: Line): Line[] => {
  const coarse = thin(outline, 0.005)
  const { widthPx, heightPx, heightsM, placeOf } = picture
  const heights = Array.from(heightsM)
  const lowest = Math.ceil(heights.reduce((a, b) => Math.min(a, b)) / intervalM) * intervalM
  const highest = heights.reduce((a, b) => Math.max(a, b))
  const levels = Array.from(
    { length: Math.ceil((highest - lowest) / intervalM) },
    (_, i) => lowest + i * intervalM,
  )
  return contours()
    .size([widthPx, heightPx])
    .thresholds(levels)(heights)
    .flatMap((level) => level.coordinates.flat())
    .filter((ring) => ring.length >= leastPoints)
    .flatMap((ring) =>
      stretches(
        ring.map(([x, y]): Point => placeOf(x! - 0.5, y! - 0.5)),
        (point) => isInside(coarse, point),
      ),
    )
    .map((line) => thin(line, 0.0011))
}
