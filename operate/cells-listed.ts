import { WallRefused } from './wall-door.ts'

/** The body of a `cell.listed`. */
interface CellsListed {
  division: string
  townships: { township: string; cells: string[] }[]
}

/** What a wall's `/map/cells.json` holds of its own cells; the built-in ones come by township. */
interface CellsFile {
  cells?: readonly { code: string }[]
}

/** The list of a wall's own cells. Throws `WallRefused` where it has none, or one's code is no cell's. */
export const cellsListed = (file: unknown): { body: CellsListed; count: number } => {
  const { cells } = file as CellsFile
  if (!cells)
    throw new WallRefused(
      'The cells on this wall’s map are the synthetic ones that come with Wanglou, and nobody’s: name your own as "cells" in the file of WANGLOU_MAP and start the server again.',
    )
  const byTownship = new Map<string, string[]>()
  for (const [index, { code }] of cells.entries()) {
    const [, township, number] = /^(\d{9})-(\d{3})$/.exec(code) ?? []
    if (!township || !number)
      throw new WallRefused(
        `Feature ${index + 1} of the cells has the code "${code}": a township’s nine digits, a hyphen and three digits are wanted, such as 532801001-017. Nothing was listed.`,
      )
    byTownship.set(township, [...(byTownship.get(township) ?? []), number])
  }
  const townships = Array.from(byTownship, ([township, numbers]) => ({ township, cells: numbers }))
  return { body: { division: townships[0]!.township.slice(0, 4), townships }, count: cells.length }
}
