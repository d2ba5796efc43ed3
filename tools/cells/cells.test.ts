import { readFileSync } from 'node:fs'
import type { FeatureCollection, Polygon } from 'geojson'
import { expect, test } from 'vitest'
import { townshipAt } from '#mock/places.ts'
import { cellCounts } from '#topics/grid-cells/cells.codes.ts'
import { centroid, contains, type Point, voronoi } from './voronoi.ts'

const square: Point[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
]
const areas = (cells: readonly (readonly Point[])[]) => cells.map((ring) => centroid(ring).areaKm2)

test('each place lies in the cell of the site that is nearest to it, and in no other', () => {
  const sites: Point[] = [
    [1, 2],
    [3, 2],
    [3, 3.5],
    [0.4, 0.3],
  ]
  const cells = voronoi(sites, square)
  expect(areas(cells).reduce((sum, area) => sum + area, 0)).toBeCloseTo(16)
  for (let x = 0.05; x < 4; x += 0.1) {
    for (let y = 0.07; y < 4; y += 0.1) {
      const apart = sites.map((site) => Math.hypot(site[0] - x, site[1] - y))
      const nearest = apart.indexOf(Math.min(...apart))
      const holding = Array.from(cells.keys()).filter((index) => contains(cells[index]!, [x, y]))
      expect(holding).toEqual([nearest])
    }
  }
})

test('cells end at a hollow outline and leave none of it out', () => {
  const hollow: Point[] = [
    [0, 0],
    [4, 0],
    [4, 4],
    [2, 1],
    [0, 4],
  ]
  const cells = voronoi(
    [
      [0.5, 1],
      [3.5, 1],
    ],
    hollow,
  )
  expect(areas(cells)).toEqual([5, 5])
})

const folder = new URL('../../public/map/', import.meta.url)
const read = <T>(name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T
const file = read<{
  synthetic: boolean
  quantumDegrees: number
  origin: Point
  townships: { code: string; rings: number[][] }[]
}>('cells.json')

/** The ring in degrees. */
const ringOf = (steps: number[]): Point[] => {
  let [x, y] = [0, 0]
  return Array.from({ length: steps.length / 2 }, (_, index): Point => {
    x += steps[2 * index]!
    y += steps[2 * index + 1]!
    return [file.origin[0] + x * file.quantumDegrees, file.origin[1] + y * file.quantumDegrees]
  })
}

test('the file and the list of cells name the same 3,000, and say that they are synthetic', () => {
  expect(file.synthetic).toBe(true)
  const counts = Object.fromEntries(file.townships.map(({ code, rings }) => [code, rings.length]))
  expect(counts).toEqual(cellCounts)
  expect(Object.values(cellCounts).reduce((sum, count) => sum + count, 0)).toBe(3000)
  expect(Math.max(...Object.values(cellCounts))).toBeLessThan(1000)
})

test('the cells fill their county, lie in it, and near a seat they are smaller', () => {
  const counties = read<FeatureCollection<Polygon, { code: string }>>('counties.geojson')
  for (const { properties, geometry } of counties.features) {
    const outline = geometry.coordinates[0]! as unknown as Point[]
    const own = file.townships.filter(({ code }) => code.startsWith(properties.code))
    const rings = own.flatMap(({ rings }) => rings.map(ringOf))
    const sum = areas(rings).reduce((total, area) => total + area, 0)
    expect(sum / centroid(outline).areaKm2).toBeCloseTo(1, 3)
    for (const { code, rings } of own) {
      const sizes = areas(rings.map(ringOf))
      const near = sizes.slice(0, 10).reduce((total, one) => total + one, 0)
      const far = sizes.slice(-10).reduce((total, one) => total + one, 0)
      expect([code, near < far]).toEqual([code, true])
    }
  }
})

test('a cell belongs to the township whose seat is nearest', () => {
  for (const { code, rings } of file.townships) {
    const nearest = rings
      .map((steps) => centroid(ringOf(steps)).middle)
      .filter(([lon, lat]) => townshipAt(code.slice(0, 6), lon, lat).code === code)
    // a cell that two townships share a line in may have its middle beyond it
    expect(nearest.length / rings.length).toBeGreaterThan(0.85)
  }
})
