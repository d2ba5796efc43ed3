import type { GridCells } from './cell.ts'
import { levels } from './grid-cells.codes.ts'
import { surveyOf } from './grid-cells.survey.ts'

/** How a township's events of today ended: in the grid, or handed up. */
export interface TownshipRow {
  /** 9 digits */
  township: string
  /** events of today that ended somewhere */
  total: number
  /** of them closed in the grid; null while there are none */
  gridShare: number | null
  simulated: boolean
}

/** With fewer events than this a share says little, and no township is singled out for it. */
export const leastToCompare = 10

/** Every township, in the order of the codes. */
export const townshipRows = (state: GridCells, now: number): TownshipRow[] =>
  Array.from(surveyOf(state, now).reachedByTownship, ([township, reached]) => {
    const total = levels.reduce((sum, level) => sum + reached[level].value, 0)
    return {
      township,
      total,
      gridShare: total > 0 ? reached.grid.value / total : null,
      simulated: levels.some((level) =>
        Array.from(reached[level].bySource.values()).some(({ simulated }) => simulated > 0),
      ),
    }
  }).sort((a, b) => (a.township < b.township ? -1 : 1))

/** Townships whose grids settle the least of their events, the lowest first. */
export const lowestTownships = (rows: readonly TownshipRow[]): TownshipRow[] =>
  rows
    .filter(({ total }) => total >= leastToCompare)
    .sort((a, b) => a.gridShare! - b.gridShare! || (a.township < b.township ? -1 : 1))
