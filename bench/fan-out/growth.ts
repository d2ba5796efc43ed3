import { medianOf, type Row, type Side } from '../bench.ts'

/** What every side cost at one size of the thing that grows. */
export interface Step {
  size: number
  sides: readonly Side[]
}

/** The slope of a straight line through the points on paper that is logarithmic both ways: 1 is linear. */
export const exponentOf = (points: readonly (readonly [number, number])[]): number => {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const)
  const mean = (axis: 0 | 1) => logs.reduce((sum, log) => sum + log[axis], 0) / logs.length
  const [meanX, meanY] = [mean(0), mean(1)]
  const over = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  return over / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
}

/** How cost grows with size, for each side that every step has; a figure a round. */
export const growthRow = (what: string, steps: readonly Step[]): Row => {
  const sides = steps[0]!.sides.map(({ name, rounds }) => ({
    name,
    rounds: rounds.map((_, round) =>
      exponentOf(
        steps.map(({ size, sides }) => {
          const side = sides.find((each) => each.name === name)!
          return [size, side.rounds[round]!]
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
