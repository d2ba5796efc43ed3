import { cellCounts } from './cells.codes.ts'

/** The townships of the prefecture by their statistical codes: they are real, only the cells in them are made up. */
export const townships: readonly string[] = Object.keys(cellCounts)

const numbersOf = (township: string): string[] =>
  Array.from({ length: cellCounts[township] ?? 0 }, (_, index) =>
    String(index + 1).padStart(3, '0'),
  )

/** The synthetic cells that come with Wanglou: whoever makes a prefecture up tells of these. */
export const builtInCells: readonly string[] = townships.flatMap((township) =>
  numbersOf(township).map((number) => `${township}-${number}`),
)
