import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { builtInCells } from './built-in-cells.ts'
import {
  type CellsFile,
  crossOf,
  dashesOf,
  hatchOf,
  type Line,
  readCellShapes,
} from './cell-shapes.ts'

const lengthOf = (lines: readonly Line[]) =>
  lines.reduce((sum, [a, b]) => sum + Math.hypot(b![0] - a![0], b![1] - a![1]), 0)
const middleOf = ([a, b]: Line) => [(a![0] + b![0]) / 2, (a![1] + b![1]) / 2] as const
/** A square of two degrees, 10 steps each way from (100, 20). */
const [square] = readCellShapes({
  quantumDegrees: 0.2,
  origin: [100, 20],
  synthetic: true,
  townships: [{ code: '532801001', rings: [[0, 0, 10, 0, 0, 10, -10, 0]] }],
})

it('reads corners from steps', () => {
  expect(square).toMatchObject({ cell: '532801001-001', sideDegrees: 2 })
  expect(square!.ring).toEqual([
    [100, 20],
    [102, 20],
    [102, 22],
    [100, 22],
  ])
  expect(square!.middle[0]).toBeCloseTo(101)
  expect(square!.middle[1]).toBeCloseTo(21)
})

it('hatches from edge to edge, longest in the middle', () => {
  const lines = hatchOf(square!, 4)
  expect(lines).toHaveLength(6)
  // lines half a degree apart cover a square of four
  expect(lengthOf(lines) * 0.5).toBeCloseTo(4, 0)
  expect(lengthOf(lines.slice(2, 4))).toBeGreaterThan(lengthOf(lines.slice(0, 2)))
})

it('hatches a hollow cell only where it is', () => {
  const [hollow] = readCellShapes({
    quantumDegrees: 1,
    origin: [0, 0],
    // a V: two arms that meet at the foot
    synthetic: true,
    townships: [{ code: '532801001', rings: [[0, 4, 2, -4, 2, 4, -1, 0, -1, -2, -1, 2]] }],
  })
  const inside = ([lon, lat]: readonly [number, number]) => {
    const u = Math.abs(lon - 2)
    return lat <= 4 + 1e-9 && lat >= 2 * u - 1e-9 && lat <= 2 + 2 * u + 1e-9
  }
  const lines = hatchOf(hollow!, 9)
  expect(lines.length).toBeGreaterThan(5)
  for (const [[x1, y1], [x2, y2]] of lines as [[number, number], [number, number]][]) {
    expect(inside([(x1 + x2) / 2, (y1 + y2) / 2])).toBe(true)
    expect(x2 - x1).toBeCloseTo(y2 - y1)
  }
})

it('reads a deployment’s own cells: parts of one code, and holes that are left out', () => {
  const side = [10, 0, 0, 10, -10, 0]
  const file: CellsFile = {
    quantumDegrees: 0.1,
    origin: [0, 0],
    cells: [
      {
        code: '532801001-007',
        parts: [
          [
            [1000, 200, ...side],
            [1003, 203, 4, 0, 0, 4, -4, 0],
          ],
          [[1100, 200, ...side]],
        ],
      },
    ],
  }
  const [holed, other] = readCellShapes(file)
  expect([holed!.cell, other!.cell]).toEqual(['532801001-007', '532801001-007'])
  expect(holed!.holes).toHaveLength(1)
  const [whole] = readCellShapes({
    ...file,
    cells: [{ code: 'x', parts: [[[1000, 200, ...side]]] }],
  })
  const hatch = hatchOf(holed!, 20)
  // a sixth of the area is the hole
  expect(lengthOf(hatch) / lengthOf(hatchOf(whole!, 20))).toBeCloseTo(1 - 0.16, 1)
  const isInHole = ([lon, lat]: readonly [number, number]) =>
    lon > 100.31 && lon < 100.69 && lat > 20.31 && lat < 20.69
  expect(hatch.map(middleOf).some(isInHole)).toBe(false)
})

it('dashes half of the edge', () => {
  expect(lengthOf(dashesOf(square!))).toBeCloseTo(4)
})

it('crosses in the middle', () => {
  expect(lengthOf(crossOf(square!))).toBeCloseTo((4 * 2 * Math.SQRT2) / 7)
})

it('reads every listed cell of the map', () => {
  const path = new URL('../../public/map/cells.json', import.meta.url)
  const shapes = readCellShapes(JSON.parse(readFileSync(path, 'utf8')) as CellsFile)
  expect(shapes).toHaveLength(builtInCells.length)
  for (const { middle, sideDegrees } of shapes) {
    expect(middle.every(Number.isFinite)).toBe(true)
    expect(sideDegrees).toBeGreaterThan(0.003)
    expect(sideDegrees).toBeLessThan(0.1)
  }
})
