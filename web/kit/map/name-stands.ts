import type { Side } from './place-labels.ts'

/** How the name of a county may stand to the middle of it. */
export interface CountyStand {
  /** sizes of a word */
  sizeEm: number
  eastDeg: number
  northDeg: number
  sides: readonly Side[]
}

/** From the middle, sizes of a word east and north, the best first: clear of a row of signs. */
const asides = [
  [0, 0],
  [0, -1.8],
  [0, 1.8],
  [-1.2, -1.8],
  [1.2, -1.8],
  [-1.2, 1.8],
  [1.2, 1.8],
  [0, 3.2],
  [0, -3.2],
] as const
/** A name so far off its middle would be read as another county's, degrees. */
const mostAsideDeg = 0.3
/** Where the first finds no place, or the map is small, the other may. */
const sizesEm = [1.6, 1.25]
/** A map on which a word is longer than this is small, degrees. */
const smallMapEmDeg = 0.095
/** A step aside is worth as much as so many points of lines that are not crossed. */
export const linesPerAside = 2

/** The places for a county's name, the best first, where a word is so long on the map. */
export const countyStands = (emDeg: number): CountyStand[] =>
  sizesEm
    .filter((sizeEm) => emDeg <= smallMapEmDeg || sizeEm < sizesEm[0]!)
    .flatMap((sizeEm) =>
      asides
        .filter(([, north]) => Math.abs(north) * emDeg < mostAsideDeg)
        .map(([east, north], n) => ({
          sizeEm,
          eastDeg: east * emDeg,
          northDeg: north * emDeg,
          // a name that has stepped aside is not to leave its county
          sides: n === 0 ? ['centre', 'below', 'above'] : ['centre'],
        })),
    )

/** How far a name may stand from its dot, px: beside it, else beside the signs that lie on it. */
export const gapsBeside = (
  [x, y]: readonly [number, number],
  dotPx: number,
  signs: readonly { x: number; y: number; radiusPx: number }[],
): number[] => {
  const nearPx = dotPx * 0.9
  const reachesPx = signs.flatMap((sign) => {
    const apartPx = Math.max(Math.abs(sign.x - x), Math.abs(sign.y - y))
    return apartPx < sign.radiusPx + dotPx ? [sign.radiusPx + apartPx] : []
  })
  return reachesPx.length > 0 ? [nearPx, Math.max(nearPx, ...reachesPx)] : [nearPx]
}
