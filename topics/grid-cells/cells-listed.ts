import type { GridCells, Kept, Listing } from './cell.ts'

/** The later one stays, however they came in; of two at the same moment the greater id. */
export const isLater = (one: Kept, known: Kept | undefined): boolean =>
  !known || one.at > known.at || (one.at === known.at && one.newest.id > known.newest.id)

/**
 * Takes a list in. It says which cells there are in its whole division, so what is older of the division and of all
 * within it has no say any more, and an older one has none beside it.
 */
export const takeListing = ({ listings }: GridCells, division: string, listing: Listing): void => {
  for (const [other, known] of listings) {
    if (division.startsWith(other) && !isLater(listing, known)) return
  }
  for (const [other, known] of listings) {
    if (other.startsWith(division) && isLater(listing, known)) listings.delete(other)
  }
  listings.set(division, listing)
}

/** The cells that there are, by township, and the list that says so. */
export type Roster = ReadonlyMap<string, { numbers: ReadonlySet<string>; listing: Listing }>

/** What all lists together say: within a wider division, a narrower one's is the later. */
export const rosterOf = ({ listings }: GridCells): Roster => {
  const roster = new Map<string, { numbers: Set<string>; listing: Listing }>()
  const widestFirst = Array.from(listings).sort(([a], [b]) => a.length - b.length)
  for (const [division, listing] of widestFirst) {
    for (const township of roster.keys()) {
      if (township.startsWith(division)) roster.delete(township)
    }
    for (const [township, numbers] of listing.townships) roster.set(township, { numbers, listing })
  }
  return roster
}

/** Whether there is such a cell. One that reports without being listed counts all the same. */
export const isListed = (roster: Roster, cell: string): boolean =>
  roster.get(cell.slice(0, 9))?.numbers.has(cell.slice(10)) ?? false

/** Every cell that there is. */
export const listedCells = (roster: Roster): string[] =>
  Array.from(roster).flatMap(([township, { numbers }]) =>
    Array.from(numbers, (number) => `${township}-${number}`),
  )
