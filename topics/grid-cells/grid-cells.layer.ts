import type { Layer } from '@deck.gl/core'
import { IconLayer, PathLayer, SolidPolygonLayer } from '@deck.gl/layers'
import type { Texture } from '@luma.gl/core'
import { shallowRef } from 'vue'
import type { GridCells } from './cell.ts'
import {
  type CellShape,
  type CellsFile,
  crossOf,
  dashesOf,
  hatchOf,
  type Line,
  readCellShapes,
} from './cell-shapes.ts'
import { type Status, statuses } from './grid-cells.codes.ts'
import { surveyOf } from './grid-cells.survey.ts'
import { statusColours, statusShapes } from './status-shapes.ts'

type Colour = [red: number, green: number, blue: number, opacity: number]
interface PatternLine {
  line: Line
  status: Status
}
interface Marked {
  status: Status
  shape: CellShape
}

/** Normal is nearly nothing; unknown lies in shadow, so that it is never taken for normal. */
const fills: Record<Status, Colour> = {
  overdue: [255, 176, 0, 46],
  escalated: [147, 169, 196, 66],
  attention: [255, 241, 168, 46],
  silent: [179, 191, 203, 20],
  unknown: [5, 10, 17, 70],
  normal: [125, 135, 148, 10],
}
const strokes: Partial<Record<Status, Colour>> = {
  overdue: [255, 176, 0, 210],
  silent: [179, 191, 203, 170],
  unknown: [125, 135, 148, 120],
}
const patterns: Partial<Record<Status, (shape: CellShape) => Line[]>> = {
  overdue: hatchOf,
  silent: dashesOf,
  unknown: crossOf,
}
const signed: readonly Status[] = ['silent', 'attention', 'escalated', 'overdue']

const cellPx = 64
/** A sign fills this much of its place; the rest is its dark edge. */
const signPx = 50
/** How much larger than its sign a place is. */
const signPerCell = cellPx / signPx

/** Where each sign is in the atlas, as deck.gl's IconLayer wants it. */
const statusIcons = Object.fromEntries(
  statuses.map((status, index) => [
    status,
    { x: index * cellPx, y: 0, width: cellPx, height: cellPx },
  ]),
)

const drawSign = (context: CanvasRenderingContext2D, status: Status, ground: string): void => {
  const { path, isHollow } = statusShapes[status]
  const sign = new Path2D(path)
  context.lineWidth = isHollow ? 6 : 4
  context.strokeStyle = ground
  context.stroke(sign)
  context.fillStyle = statusColours[status]
  context.strokeStyle = statusColours[status]
  context.lineWidth = 3
  if (isHollow) context.stroke(sign)
  else context.fill(sign)
}

/** The signs in a row, each with an edge of the ground's colour that lifts it off a map. */
const drawStatusAtlas = (ground: string): ImageData | null => {
  const canvas = document.createElement('canvas')
  canvas.width = cellPx * statuses.length
  canvas.height = cellPx
  const context = canvas.getContext('2d')
  if (!context) return null
  context.lineJoin = 'round'
  for (const [index, status] of statuses.entries()) {
    const edgePx = (cellPx - signPx) / 2
    context.setTransform(signPx / 20, 0, 0, signPx / 20, index * cellPx + edgePx, edgePx)
    drawSign(context, status, ground)
  }
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

/** What lies on the map, kept until a status changes: a report as a rule changes none. */
interface Drawn {
  shapes: readonly CellShape[]
  statuses: Status[]
  lines: PatternLine[]
  marks: Marked[]
  turn: number
}

const shapes = shallowRef<readonly CellShape[]>([])
let isAsked = false
let drawn: Drawn = { shapes: [], statuses: [], lines: [], marks: [], turn: 0 }
let atlas: ImageData | null = null

const load = async (): Promise<void> => {
  const response = await fetch('/map/cells.json')
  if (!response.ok) throw new Error(`cells.json: ${response.status}`)
  shapes.value = readCellShapes((await response.json()) as CellsFile)
}

/** Asks once; a file that cannot be had is asked for again when the wall is next drawn a minute later. */
const ask = (): void => {
  if (isAsked) return
  isAsked = true
  load().catch((error: unknown) => {
    console.error('grid cells:', error)
    setTimeout(() => {
      isAsked = false
    }, 60_000)
  })
}

const redraw = (of: readonly CellShape[], found: Status[]): Drawn => ({
  shapes: of,
  statuses: found,
  lines: of.flatMap((shape, index) => {
    const status = found[index]!
    return (patterns[status]?.(shape) ?? []).map((line) => ({ line, status }))
  }),
  marks: of
    .map((shape, index) => ({ shape, status: found[index]! }))
    .filter(({ status }) => signed.includes(status))
    // what is most urgent lies on top
    .sort((a, b) => signed.indexOf(a.status) - signed.indexOf(b.status)),
  turn: drawn.turn + 1,
})

/** The cells: nearly invisible while normal; else by fill, pattern and sign. */
export const layer = (of: { state: GridCells; now: number; labelPx: number }): Layer[] => {
  const { state, now, labelPx } = of
  ask()
  if (shapes.value.length === 0) return []
  atlas ??= drawStatusAtlas('#0b1420')
  const { statusByCell } = surveyOf(state, now)
  const found = shapes.value.map(({ cell }) => statusByCell.get(cell) ?? 'unknown')
  const hasChanged =
    drawn.shapes !== shapes.value || found.some((status, n) => status !== drawn.statuses[n])
  if (hasChanged) drawn = redraw(shapes.value, found)
  const { turn, lines, marks } = drawn
  const current = drawn.statuses
  return [
    new SolidPolygonLayer<CellShape>({
      id: 'grid-cells-fills',
      // the same list for ever: only colours are computed anew
      data: drawn.shapes,
      getPolygon: ({ ring }) => ring,
      getFillColor: (_, { index }) => fills[current[index]!],
      updateTriggers: { getFillColor: turn },
    }),
    new PathLayer<PatternLine>({
      id: 'grid-cells-patterns',
      data: lines,
      getPath: ({ line }) => line,
      getColor: ({ status }) => strokes[status] ?? fills[status],
      getWidth: labelPx / 16,
      widthUnits: 'pixels',
      updateTriggers: { getWidth: labelPx },
    }),
    new IconLayer<Marked>({
      id: 'grid-cells-signs',
      data: marks,
      // a picture will do as well as a texture; the type does not know
      iconAtlas: atlas as unknown as Texture,
      iconMapping: statusIcons,
      getIcon: ({ status }) => status,
      getPosition: ({ shape }) => shape.middle,
      getSize: 0.42 * signPerCell * labelPx,
      sizeUnits: 'pixels',
      updateTriggers: { getSize: labelPx },
    }),
  ]
}
