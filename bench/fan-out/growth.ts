import { medianOf, type Row, type Side } from '../bench.ts'
import { slopeOf } from '../growth/slope.ts'

/** What every side cost at one size of the thing that grows. */
export interface Step {
  size: number
  sides: readonly Side[]
}

/** How cost grows with size, for each side that every step has; a figure a round. */
export const growthRow = (what: string, steps: readonly Step[]): Row => {
  const sides = steps[0]!.sides.map(({ name, rounds }) => ({
    name,
    rounds: rounds.map((_, round) =>
      slopeOf(
        steps.map(({ size, sides }) => {
          const side = sides.find((each) => each.name === name)!
          return { size, cost: side.rounds[round]! }
        }),
      ),
    ),
  }))
  return {
    case: what,
    unit: 'exponent',
    sides,
    target: { says: 'linear or better: ≤ 1.1', isMet: medianOf(sides[0]!.rounds) <= 1.1 },
  }
}
