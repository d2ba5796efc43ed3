import { type Figure, type Provenance, smallCount } from './figure.ts'

/** Of how many persons or cases a figure tells, and what it gives away beside others. */
export type Told = Required<Pick<Figure, 'base'>> & Pick<Figure, 'rest'>

const isSmall = (count: number): boolean => count < smallCount
const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

/**
 * What a whole and a part of it tell, side by side. Where what the part leaves out is small, the part is withheld; and
 * the whole too, where it is so small itself that the part could be guessed from its being withheld.
 */
export const toldByPart = (whole: number, part: number): { whole: Told; part: Told } => {
  const rest = whole - part
  const isClose = !isSmall(part) && whole < 2 * smallCount
  return { whole: { base: whole, ...(isClose && { rest }) }, part: { base: part, rest } }
}

/**
 * What the shares of one whole tell, side by side, by the counts behind them. A share tells as much of what it leaves out
 * as of itself. All of them add up to 1, so where those that are withheld come to little, the least of the others (all
 * that are the least) are withheld with them.
 *
 * The same where they come to as much as they can, each 4, and the least of the others is 5: with no 5 among them, they
 * could be nothing else.
 */
export const toldByShares = (counts: readonly number[]): Told[] => {
  const whole = sumOf(counts)
  const bases = counts.map((count) => Math.min(count, whole - count))
  const open = counts.filter((_, index) => !isSmall(bases[index]!))
  const rest = whole - sumOf(open)
  const least = Math.min(...open)
  const withheld = counts.length - open.length
  const isFull = rest === withheld * (smallCount - 1) && least === smallCount
  const givesAway = withheld > 0 && (isSmall(rest) || isFull)
  return bases.map((base, index) =>
    givesAway && counts[index] === least && !isSmall(base) ? { base, rest: 0 } : { base },
  )
}

/** To whole per cents, which is what stands on a wall: a share to its last digit tells how many make the whole. */
const blunt = (share: number): number =>
  share > 0 && share < 0.005 ? 0.005 : Math.round(100 * share) / 100

const shown = (figure: Figure): Figure['value'] =>
  figure.value !== null && figure.unit === 'share' ? blunt(figure.value) : figure.value

/** An event that an audience may not have is not named to it either, nor what a count is made of. */
const unnamed = ({ simulatedCount: _, ...provenance }: Provenance): Provenance => ({
  ...provenance,
  newest: null,
})

/** What is left of a provenance beside a value that is shown: nothing that is itself a small count. */
const bluntProvenance = (provenance: Provenance): Provenance => ({
  ...unnamed(provenance),
  count: provenance.count === null || isSmall(provenance.count) ? null : provenance.count,
  excluded: Object.fromEntries(
    Object.entries(provenance.excluded).filter(([, count]) => !isSmall(count)),
  ),
})

/** Beside a value that is withheld: that a source is named at all would tell one from none. */
const emptyProvenance = (provenance: Provenance): Provenance => ({
  ...unnamed(provenance),
  sources: [],
  count: null,
  excluded: {},
})

/**
 * A figure as it may leave for who may not know small counts of persons or cases. 0 is as small as 4: that there was
 * nobody tells of everybody. What tells of no person or case leaves with its value.
 */
export const hideSmallCount = ({ base, rest, ...figure }: Figure): Figure => {
  const { provenance, unit } = figure
  if (base === undefined) return { ...figure, provenance: unnamed(provenance) }
  const isUnder = isSmall(base)
  if (!isUnder && (rest === undefined || !isSmall(rest)))
    return { ...figure, value: shown(figure), provenance: bluntProvenance(provenance) }
  return {
    ...figure,
    value: null,
    under: smallCount,
    // of shares and sums it is not told which are small themselves: that alone would give some away
    ...(!isUnder && unit === 'count' && { beside: true }),
    provenance: emptyProvenance(provenance),
  }
}
