import type { Layer } from '@deck.gl/core'
import { PolygonLayer } from '@deck.gl/layers'
import { minuteMs } from '#protocol/beijing.ts'
import { type CellShape, type CellsFile, readCellShapes } from '#topics/grid-cells/cell-shapes.ts'
import { layer } from '#topics/grid-cells/grid-cells.layer.ts'
import { gridCells } from '#topics/grid-cells/grid-cells.ts'

/** Where the prefecture fills a screen of 1920 × 1080. */
const pxPerDegree = 600
/** Of the cells, before anything turns: some overdue, some silent, as on a busy evening. */
const isOverdueAtFirst = (n: number): boolean => n % 16 === 0
const isSilent = (n: number): boolean => n % 31 === 30

/** The grid, fed by reports of which each turns a cell from normal to overdue or back. */
export interface BenchCells {
  /** What the wall does: events in, layers out. */
  turnByEvents(update: number): Layer[]
  /** What a program does that has the statuses already and tells deck.gl which accessor to run again. */
  turnByObjects(update: number): Layer[]
}

export const openCells = async (
  turned: number,
  nowMs: number,
  labelPx: number,
): Promise<BenchCells> => {
  const shapes = readCellShapes((await (await fetch('/map/cells.json')).json()) as CellsFile)
  const state = gridCells.initial()
  let told = 0
  const report = (n: number, isOverdue: boolean) => {
    told += 1
    const at = isSilent(n) ? nowMs - 45 * minuteMs : nowMs + told
    gridCells.evolve(state, {
      ...{ seq: told, id: `R-${told}`, type: 'cell.reported', source: 'bench', flags: [] },
      ...{ at, seenAt: nowMs + told },
      body: {
        cell: shapes[n]!.cell,
        onDuty: 1,
        openEvents: isOverdue ? 1 : 0,
        overdueEvents: isOverdue ? 1 : 0,
        closedToday: 0,
      },
    })
  }
  const overdue = shapes.map((_, n) => isOverdueAtFirst(n))
  const statuses = [...overdue]
  for (const n of shapes.keys()) report(n, overdue[n]!)

  /** The next ones, spread over the map; as many of them end as begin. */
  const turnIn = (of: boolean[], update: number, call: (n: number) => void) => {
    for (let k = 0; k < turned; k++) {
      const n = (97 * (update * turned + k)) % of.length
      of[n] = !of[n]
      call(n)
    }
  }
  const clearing = () => [0, 0] as const
  const scene = { state, now: nowMs, labelPx, pxPerDegree, eastLon: 180, clearing }
  while (layer(scene).length === 0) await new Promise((done) => setTimeout(done, 20))
  let turns = 0
  return {
    turnByEvents(update) {
      turnIn(overdue, update, (n) => report(n, overdue[n]!))
      return layer(scene)
    },
    turnByObjects(update) {
      turnIn(statuses, update, () => {})
      turns += 1
      const colourOf = (opacity: number) => (_: CellShape, at: { index: number }) =>
        [255, 176, 0, statuses[at.index] ? opacity : 0] as [number, number, number, number]
      return [
        new PolygonLayer<CellShape>({
          id: 'cells',
          data: shapes,
          pickable: true,
          getPolygon: ({ ring }) => ring,
          getFillColor: colourOf(40),
          getLineColor: colourOf(230),
          getLineWidth: 1,
          lineWidthUnits: 'pixels',
          updateTriggers: { getFillColor: turns, getLineColor: turns },
        }),
      ]
    },
  }
}
