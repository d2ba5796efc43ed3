import type { Layer } from '@deck.gl/core'
import { PathLayer, SolidPolygonLayer } from '@deck.gl/layers'
import { shallowRef } from 'vue'
import type { LegendMark } from '#web/kit/map/legend.ts'
import { markColours, rgba } from '#web/kit/map/map-colours.ts'
import type { MapScene, Outline } from '#web/kit/map/view.ts'
import type { GridCells } from './cell.ts'
import {
  type CellShape,
  type CellsFile,
  crossOf,
  dashesOf,
  enlarged,
  hatchOf,
  type Line,
  readCellShapes,
} from './cell-shapes.ts'
import type { Status } from './grid-cells.codes.ts'
import { surveyOf } from './grid-cells.survey.ts'
import { statusShapes } from './status-shapes.ts'

type Colour = [red: number, green: number, blue: number, opacity: number]
interface PatternLine {
  line: Line
  status: Status
}

/** Normal is nothing; unknown lies in shadow, so that it is never taken for normal. Only what is overdue is bright. */
const fills: Record<Status, Colour> = {
  overdue: rgba(markColours.asksFor, 0.16),
  escalated: rgba(markColours.raisedSign, 0.27),
  attention: rgba(markColours.watched, 0.14),
  silent: rgba(markColours.silent, 0.06),
  unknown: rgba(markColours.unknownShade, 0.35),
  normal: rgba(markColours.unknown, 0),
}
const strokes: Partial<Record<Status, Colour>> = {
  overdue: rgba(markColours.asksFor, 0.9),
  silent: rgba(markColours.silent, 0.6),
  unknown: rgba(markColours.unknown, 0.43),
}
/** A hatched cell is drawn at least this large, in sizes of a word, and its lines as far apart. */
const leastEm = 0.4
const hatchEm = 0.2

/** The lines of a cell; `emDegrees` is a size of a word. */
const patterns: Partial<Record<Status, (shape: CellShape, emDegrees: number) => Line[]>> = {
  overdue(shape, emDegrees) {
    const ring = enlarged(shape, leastEm * emDegrees)
    const sideDegrees = Math.max(shape.sideDegrees, leastEm * emDegrees)
    const count = Math.max(2, Math.round(sideDegrees / (hatchEm * emDegrees)))
    return [[...ring, ring[0]!], ...hatchOf({ ...shape, ring, sideDegrees }, count)]
  },
  silent: dashesOf,
  unknown: crossOf,
}

/** What lies on the map, kept until a status changes: a report as a rule changes none. */
interface Drawn {
  shapes: readonly CellShape[]
  statuses: Status[]
  lines: PatternLine[]
  emDegrees: number
  turn: number
}

const shapes = shallowRef<readonly CellShape[]>([])
let isAsked = false
let drawn: Drawn = { shapes: [], statuses: [], lines: [], emDegrees: 0, turn: 0 }

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

const redraw = (of: readonly CellShape[], found: Status[], emDegrees: number): Drawn => ({
  shapes: of,
  statuses: found,
  lines: of.flatMap((shape, index) => {
    const status = found[index]!
    return (patterns[status]?.(shape, emDegrees) ?? []).map((line) => ({ line, status }))
  }),
  emDegrees,
  turn: drawn.turn + 1,
})

/** The cell that a layer's thing is. */
export const idOf = (object: unknown): string => (object as CellShape).cell
export const placeOf = (object: unknown) => (object as CellShape).middle
export const outlineOf = (object: unknown): Outline => ({ ring: (object as CellShape).ring })

/** Cells that have reported and have no shape to be drawn as. */
export const withoutShape = ({ state, now }: MapScene<GridCells>): number => {
  if (shapes.value.length === 0) return 0
  const drawnCells = new Set(shapes.value.map(({ cell }) => cell))
  return surveyOf(state, now)
    .statusByCell.keys()
    .filter((cell) => !drawnCells.has(cell))
    .reduce((count) => count + 1, 0)
}

/** The cells: nothing while normal; else by fill and pattern. */
export const layer = (of: MapScene<GridCells>): Layer[] => {
  const { state, now, labelPx, pxPerDegree } = of
  ask()
  if (shapes.value.length === 0) return []
  const { statusByCell } = surveyOf(state, now)
  const found = shapes.value.map(({ cell }) => statusByCell.get(cell) ?? 'unknown')
  const emDegrees = labelPx / pxPerDegree
  const hasChanged =
    drawn.shapes !== shapes.value ||
    drawn.emDegrees !== emDegrees ||
    found.some((status, n) => status !== drawn.statuses[n])
  if (hasChanged) drawn = redraw(shapes.value, found, emDegrees)
  const { turn, lines } = drawn
  const current = drawn.statuses
  return [
    new SolidPolygonLayer<CellShape>({
      id: 'grid-cells-fills',
      // the same list for ever: only colours are computed anew
      data: drawn.shapes,
      pickable: true,
      getPolygon: ({ ring, holes }) => (holes.length > 0 ? [ring, ...holes] : ring),
      getFillColor: (_, { index }) => fills[current[index]!],
      updateTriggers: { getFillColor: turn },
    }),
    new PathLayer<PatternLine>({
      id: 'grid-cells-patterns',
      data: lines,
      getPath: ({ line }) => line,
      getColor: ({ status }) => strokes[status] ?? fills[status],
      getWidth: labelPx / 18,
      widthUnits: 'pixels',
      updateTriggers: { getWidth: labelPx },
    }),
  ]
}

export const legend: readonly LegendMark[] = [
  { word: 'grid-cells.mark.overdue', ...statusShapes.overdue, colour: markColours.asksFor },
  { word: 'grid-cells.mark.escalated', path: 'M3 3h14v14H3Z', colour: markColours.raised },
]
