/** One way of doing the thing: what each round cost, in the row's unit. */
export interface Side {
  name: string
  rounds: readonly number[]
  /** measurements that said nothing and were taken again; none told: there were none */
  voids?: number
}

/** One case, measured on every side in turns. The first side is ours. */
export interface Row {
  case: string
  /** of every figure in `sides`: `µs/message`, `events/s`, `bytes/unit` */
  unit: string
  sides: readonly Side[]
  /** what was promised of this case; null: a figure to read, with no promise */
  target: Target | null
}

export interface Target {
  /** as one would say it: `≤ 1.3 × the floor` */
  says: string
  isMet: boolean
}

export interface Options {
  /** how often each side is measured, in turns; five at least for a figure to be quoted */
  rounds: number
  /** the smallest cases only, once: shows that the bench runs, and nothing else */
  isShort: boolean
  /** says on stderr how far it is */
  tell(line: string): void
}

export interface Bench {
  name: string
  /** the question that its rows answer */
  question: string
  run(options: Options): Promise<Row[]>
}

export const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * Measures every way once a round, one after the other, so that what slows the machine slows all alike; each
 * round begins with another one. Gives the sides in the order of `ways`.
 */
export const inTurns = async (
  ways: Readonly<Record<string, () => Promise<number>>>,
  rounds: number,
): Promise<Side[]> => {
  const names = Object.keys(ways)
  const sides = names.map((name) => ({ name, rounds: [] as number[] }))
  for (let round = 0; round < rounds; round++) {
    for (let n = 0; n < names.length; n++) {
      const side = sides[(n + round) % names.length]!
      side.rounds.push(await ways[side.name]!())
    }
  }
  return sides
}

/** How many times the median of one side is that of another. */
export const ratioOf = (side: Side, to: Side): number => medianOf(side.rounds) / medianOf(to.rounds)
