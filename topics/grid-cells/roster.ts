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

/** The cells that there are, and whose word that is. */
export interface Roster {
  cells: ReadonlySet<string>
  /** the lists that name them */
  listings: ReadonlySet<Listing>
}

const makeRoster = ({ listings }: GridCells): Roster => {
  const byTownship = new Map<string, Listing>()
  const widestFirst = Array.from(listings).sort(([a], [b]) => a.length - b.length)
  for (const [division, listing] of widestFirst) {
    for (const township of byTownship.keys()) {
      if (township.startsWith(division)) byTownship.delete(township)
    }
    for (const township of listing.townships.keys()) byTownship.set(township, listing)
  }
  const cells = Array.from(byTownship).flatMap(([township, { townships }]) =>
    Array.from(townships.get(township)!, (number) => `${township}-${number}`),
  )
  return { cells: new Set(cells), listings: new Set(byTownship.values()) }
}

/** Lists seldom change: what they come to is kept until they do. */
const rosters = new WeakMap<GridCells, { of: readonly Listing[]; roster: Roster }>()

/** What all lists together say: within a wider division, a narrower one's is the later. */
export const rosterOf = (state: GridCells): Roster => {
  const lists = Array.from(state.listings.values())
  const known = rosters.get(state)
  if (known?.of.length === lists.length && lists.every((list, n) => list === known.of[n]))
    return known.roster
  const roster = makeRoster(state)
  rosters.set(state, { of: lists, roster })
  return roster
}
