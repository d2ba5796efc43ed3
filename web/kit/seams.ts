import { type ComputedRef, computed, type InjectionKey, inject } from 'vue'

/** Where the screens of a wall are joined, px from its left edge and from its top, and how wide nothing may be read there. */
export interface Seams {
  xs: readonly number[]
  ys: readonly number[]
  widePx: number
}

export const noSeams: Seams = { xs: [], ys: [], widePx: 0 }

/** Where the wall's seams are, in its own pixels. */
export const seamsKey: InjectionKey<ComputedRef<Seams>> = Symbol('seams')

export const useSeams = (): ComputedRef<Seams> =>
  inject(
    seamsKey,
    computed(() => noSeams),
  )

/** What a seam takes of a line across it. */
export interface Strip {
  fromPx: number
  toPx: number
}

export const stripsOf = (places: readonly number[], widePx: number): Strip[] =>
  places.map((place) => ({ fromPx: place - widePx / 2, toPx: place + widePx / 2 }))

export const cutBy = (
  startPx: number,
  lengthPx: number,
  strips: readonly Strip[],
): Strip | undefined =>
  strips.find(({ fromPx, toPx }) => startPx < toPx && startPx + lengthPx > fromPx)

/** The start nearest to the wished one at which so long a thing is cut by no seam; the wished one where there is none. */
export const clearStart = (
  wishedPx: number,
  lengthPx: number,
  strips: readonly Strip[],
  leastPx = Number.NEGATIVE_INFINITY,
  mostPx = Number.POSITIVE_INFINITY,
): number => {
  const starts = strips
    .flatMap(({ fromPx, toPx }) => [fromPx - lengthPx, toPx])
    .filter((startPx) => startPx >= leastPx && startPx <= mostPx)
    .toSorted((a, b) => Math.abs(a - wishedPx) - Math.abs(b - wishedPx))
  return [wishedPx, ...starts].find((startPx) => !cutBy(startPx, lengthPx, strips)) ?? wishedPx
}

/** What is left between the seams of a line from here to there. */
export const roomsBetween = (
  fromPx: number,
  toPx: number,
  strips: readonly Strip[],
): { startPx: number; lengthPx: number }[] => {
  const within = strips.filter((strip) => strip.toPx > fromPx && strip.fromPx < toPx)
  const ends = [...within.map((strip) => strip.fromPx), toPx]
  return [fromPx, ...within.map((strip) => strip.toPx)].map((startPx, index) => ({
    startPx,
    lengthPx: ends[index]! - startPx,
  }))
}

/** The longest of them, the first of several. */
export const longestRoom = (
  fromPx: number,
  toPx: number,
  strips: readonly Strip[],
): { startPx: number; lengthPx: number } =>
  roomsBetween(fromPx, toPx, strips).reduce((best, one) =>
    one.lengthPx > best.lengthPx ? one : best,
  )
