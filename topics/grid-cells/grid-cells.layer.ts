import type { Layer } from '@deck.gl/core'
import { LineLayer, SolidPolygonLayer } from '@deck.gl/layers'
import { computed, shallowRef } from 'vue'
import type { LegendMark } from '#web/kit/map/legend.ts'
import { markColours, rgba } from '#web/kit/map/map-colours.ts'
import type { MapScene, Outline } from '#web/kit/map/view.ts'
import type { GridCells } from './cell.ts'
import { patternsOf } from './cell-patterns.ts'
import { type CellShape, type CellsFile, readCellShapes } from './cell-shapes.ts'
import type { Status } from './grid-cells.codes.ts'
import { drawnAs, surveyOf } from './grid-cells.survey.ts'
import { statusShapes } from './status-shapes.ts'

type Colour = [red: number, green: number, blue: number, opacity: number]

/** Normal is nothing; unknown lies in shadow, so that it is never taken for normal. Only what is overdue is bright. */
const fills: Record<Status, Colour> = {
  overdue: rgba(markColours.asksFor, 0.16),
  escalated: rgba(markColours.raisedSign, 0.27),
  attention: rgba(markColours.watched, 0.14),
  silent: rgba(markColours.silent, 0.06),
  unknown: rgba(markColours.unknownShade, 0.35),
  normal: rgba(markColours.unknown, 0),
}
const silentLine = rgba(markColours.silent, 0.6)
const unknownLine = rgba(markColours.unknown, 0.43)
const strokeOf = (status: Status, voice: number): Colour => {
  if (status === 'overdue') return rgba(markColours.asksFor, 0.42 + 0.48 * voice)
  return status === 'silent' ? silentLine : unknownLine
}

const shapes = shallowRef<readonly CellShape[]>([])
const isSynthetic = shallowRef(false)
let isAsked = false

/** What lies on the map, kept until a status changes: a report as a rule changes none. */
let drawn = {
  shapes: shapes.value,
  statuses: [] as Status[],
  emDegrees: 0,
  turn: 0,
  patterns: patternsOf([], [], 0, strokeOf),
}

const load = async (): Promise<void> => {
  const response = await fetch('/map/cells.json')
  if (!response.ok) throw new Error(`cells.json: ${response.status}`)
  const file = (await response.json()) as CellsFile
  shapes.value = readCellShapes(file)
  isSynthetic.value = 'synthetic' in file
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

/** The cell that a layer's thing is. */
export const idOf = (object: unknown): string => (object as CellShape).cell
export const placeOf = (object: unknown) => (object as CellShape).middle
export const outlineOf = (object: unknown): Outline => ({ ring: (object as CellShape).ring })

const drawable = computed(() => new Set(shapes.value.map(({ cell }) => cell)))
/** Cells that are listed or have reported, and have no shape to be drawn as. */
export const withoutShape = ({ state, now }: MapScene<GridCells>): number => {
  if (shapes.value.length === 0) return 0
  const { statusByCell, roster } = surveyOf(state, now)
  const listed = roster.cells.difference(drawable.value).size
  const others = Array.from(statusByCell.keys()).filter(
    (cell) => !roster.cells.has(cell) && !drawable.value.has(cell),
  )
  return listed + others.length
}
/** What must be said of the shapes that are drawn: those that come with Wanglou are nobody's cells. */
export const note = (): string | null => (isSynthetic.value ? 'grid-cells.synthetic' : null)

/** The cells: nothing while normal; else by fill and pattern. */
export const layer = (of: MapScene<GridCells>): Layer[] => {
  const { state, now, labelPx, pxPerDegree } = of
  ask()
  if (shapes.value.length === 0) return []
  const survey = surveyOf(state, now)
  const found = shapes.value.map(({ cell }) => drawnAs(survey, cell))
  const emDegrees = labelPx / pxPerDegree
  const hasChanged =
    drawn.shapes !== shapes.value ||
    drawn.emDegrees !== emDegrees ||
    found.some((status, n) => status !== drawn.statuses[n])
  if (hasChanged)
    drawn = {
      shapes: shapes.value,
      statuses: found,
      emDegrees,
      turn: drawn.turn + 1,
      patterns: patternsOf(shapes.value, found, emDegrees, strokeOf),
    }
  const { turn, patterns } = drawn
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
    new LineLayer({
      id: 'grid-cells-patterns',
      data: patterns,
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
