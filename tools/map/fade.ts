import { isInside, type Line, nearestOn, type Point } from './geometry.ts'

/** Beyond this the map is bare ground, where panels may stand; km from the prefecture. */
const reachKm = 85
const bands = 8

/** How near the prefecture a place is: 1 inside and at the border, 0 where the map ends. */
export const nearness = (outline: Line, place: Point): number =>
  isInside(outline, place) ? 1 : Math.max(0, 1 - nearestOn(outline, place).km / reachKm)

export interface FadedLine {
  /** 1 inside, then down in steps; never 0 */
  nearness: number
  line: Line
}

const bandOf = (value: number) => Math.ceil(value * bands) / bands

/** Cuts a line where it changes its band of nearness; what lies out of reach is left out. */
export const fade = (outline: Line, line: Line): FadedLine[] => {
  const pieces: FadedLine[] = []
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1]!, line[i]!]
    const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
    const band = bandOf(nearness(outline, middle))
    const last = pieces.at(-1)
    if (last && last.nearness === band) last.line.push(to)
    else pieces.push({ nearness: band, line: [from, to] })
  }
  return pieces.filter((piece) => piece.nearness > 0)
}
