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

/** The door takes lines of up to 64 KiB; the rest is for what stands around them. */
const townshipBytesAtMost = 63 * 1024
/** Digits of the prefecture, of a county and of a township. */
const digits = [4, 6, 9]

/**
 * One list, or where the door would not take it in a line, first an empty one, which takes all off that stood, and then one
 * of each division within. Each is to be later than those before it.
 */
const listsOf = ({ division, townships }: CellsListed): CellsListed[] => {
  const within = digits.find((count) => count > division.length)
  const bytes = JSON.stringify(townships).length
  if (!within || bytes <= townshipBytesAtMost) return [{ division, townships }]
  const parts = Map.groupBy(townships, ({ township }) => township.slice(0, within))
  return [
    { division, townships: [] },
    ...Array.from(parts, ([code, some]) => listsOf({ division: code, townships: some })).flat(),
  ]
}

/** The list of a wall's own cells. Throws `WallRefused` where it has none, or one's code is no cell's. */
export const cellsListed = (file: unknown): { lists: CellsListed[]; count: number } => {
  const { cells } = file as CellsFile
  if (!cells)
    throw new WallRefused(
      'The cells on this wall’s map are the synthetic ones that come with Wanglou, and nobody’s: name your own as "cells" in the file of WANGLOU_MAP and start the server again.',
    )
  for (const [index, { code }] of cells.entries()) {
    if (/^\d{9}-\d{3}$/.test(code)) continue
    throw new WallRefused(
      `Feature ${index + 1} of the cells has the code "${code}": a township’s nine digits, a hyphen and three digits are wanted, such as 532801001-017. Nothing was listed.`,
    )
  }
  const codes = new Set(cells.map(({ code }) => code))
  const townships = Array.from(
    Map.groupBy(codes, (code) => code.slice(0, 9)),
    ([township, some]) => ({
      township,
      cells: some.map((code) => code.slice(10)),
    }),
  )
  const division = townships[0]!.township.slice(0, 4)
  return { lists: listsOf({ division, townships }), count: codes.size }
}
