export type Place = [lon: number, lat: number]
export type Line = Place[]

/**
 * `/map/cells.json`: each ring as steps of `quantumDegrees` from corner to corner, the first from `origin`. By `townships`
 * those that come with Wanglou, numbered from 001; by `cells` a deployment's own, each of parts with holes in them.
 */
export type CellsFile = Quantised & (BuiltIn | Own)
interface Quantised {
  quantumDegrees: number
  origin: readonly [number, number]
}
interface BuiltIn {
  synthetic: true
  townships: readonly { code: string; rings: readonly (readonly number[])[] }[]
}
interface Own {
  cells: readonly { code: string; parts: readonly (readonly (readonly number[])[])[] }[]
}

/** Where a cell lies, degrees. */
export interface CellShape {
  cell: string
  ring: Line
  /** what lies within the ring and is not of the cell */
  holes: readonly Line[]
  middle: Place
  /** side of a square as large as the cell, degrees */
  sideDegrees: number
}

const ringOf = (steps: readonly number[], { quantumDegrees, origin }: Quantised): Line => {
  let [x, y] = [0, 0]
  return Array.from({ length: steps.length / 2 }, (_, index): Place => {
    x += steps[2 * index]!
    y += steps[2 * index + 1]!
    return [origin[0] + x * quantumDegrees, origin[1] + y * quantumDegrees]
  })
}

const shapeOf = (cell: string, ring: Line, holes: readonly Line[] = []): CellShape => {
  const [lon0, lat0] = ring[0]!
  let [twice, x, y] = [0, 0, 0]
  for (const [index, [lon, lat]] of ring.entries()) {
    const [lonBefore, latBefore] = ring.at(index - 1)!
    // from the first corner, so that the differences of small numbers stay exact
    const cross = (lonBefore - lon0) * (lat - lat0) - (lon - lon0) * (latBefore - lat0)
    twice += cross
    x += (lonBefore + lon - 2 * lon0) * cross
    y += (latBefore + lat - 2 * lat0) * cross
  }
  const middle: Place = [lon0 + x / (3 * twice), lat0 + y / (3 * twice)]
  return { cell, ring, holes, middle, sideDegrees: Math.sqrt(Math.abs(twice) / 2) }
}

/** Every cell of the file; one of several parts more than once. */
export const readCellShapes = (file: CellsFile): CellShape[] => {
  if ('cells' in file)
    return file.cells.flatMap(({ code, parts }) =>
      parts.map((rings) => {
        const [outline, ...holes] = rings.map((steps) => ringOf(steps, file))
        return shapeOf(code, outline!, holes)
      }),
    )
  return file.townships.flatMap(({ code, rings }) =>
    rings.map((steps, index) =>
      shapeOf(`${code}-${String(index + 1).padStart(3, '0')}`, ringOf(steps, file)),
    ),
  )
}

/** Lines from the lower left to the upper right, so many across a cell, cut at its edge. */
export const hatchOf = ({ ring, holes, sideDegrees }: CellShape, count = 5): Line[] => {
  const acrossOf = ([lon, lat]: Place) => lon - lat
  const across = ring.map(acrossOf)
  const lowest = Math.min(...across)
  const gap = (sideDegrees * Math.SQRT2) / count
  const lines: Line[] = []
  for (let at = lowest + gap / 2; at < Math.max(...across); at += gap) {
    const crossings = [ring, ...holes]
      .flatMap((edge) =>
        edge.flatMap((corner, index): Place[] => {
          const before = edge.at(index - 1)!
          const [is, was] = [acrossOf(corner), acrossOf(before)]
          if (is > at === was > at) return []
          const share = (at - was) / (is - was)
          return [
            [
              before[0] + share * (corner[0] - before[0]),
              before[1] + share * (corner[1] - before[1]),
            ],
          ]
        }),
      )
      .sort((a, b) => a[0] - b[0])
    for (let n = 0; n + 1 < crossings.length; n += 2) lines.push([crossings[n]!, crossings[n + 1]!])
  }
  return lines
}

/** The edge in dashes about as long as the gaps between them. */
export const dashesOf = ({ ring, sideDegrees }: CellShape): Line[] => {
  const dashDegrees = sideDegrees / 7
  return ring.flatMap((corner, index) => {
    const before = ring.at(index - 1)!
    const [dx, dy] = [corner[0] - before[0], corner[1] - before[1]]
    const count = Math.max(1, Math.round(Math.hypot(dx, dy) / (2 * dashDegrees)))
    const at = (share: number): Place => [before[0] + share * dx, before[1] + share * dy]
    return Array.from(
      { length: count },
      (_, n): Line => [at((n + 0.25) / count), at((n + 0.75) / count)],
    )
  })
}

/** A small cross in the middle. */
export const crossOf = ({ middle: [lon, lat], sideDegrees }: CellShape): Line[] => {
  const arm = sideDegrees / 7
  return [
    [
      [lon - arm, lat - arm],
      [lon + arm, lat + arm],
    ],
    [
      [lon - arm, lat + arm],
      [lon + arm, lat - arm],
    ],
  ]
}

/** The cell drawn out from its middle to at least such a side, so that a small one is seen. */
export const enlarged = (shape: CellShape, leastDegrees: number): CellShape => {
  const { ring, holes, middle, sideDegrees } = shape
  const by = Math.max(1, leastDegrees / sideDegrees)
  if (by === 1) return shape
  const grown = (line: Line) =>
    line.map(
      ([lon, lat]): Place => [
        middle[0] + by * (lon - middle[0]),
        middle[1] + by * (lat - middle[1]),
      ],
    )
  return { ...shape, ring: grown(ring), holes: holes.map(grown), sideDegrees: by * sideDegrees }
}
