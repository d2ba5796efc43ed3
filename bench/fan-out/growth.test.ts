import { expect, it } from 'vitest'
import { exponentOf, growthRow } from './growth.ts'

it('tells what grows with the size, with its square, and not at all', () => {
  const sizes = [10, 50, 200, 1000]
  const grown = (exponent: number) => sizes.map((size) => [size, 3 * size ** exponent] as const)
  for (const exponent of [0, 0.5, 1, 2]) expect(exponentOf(grown(exponent))).toBeCloseTo(exponent)
})

it('calls what grows faster than linear by its name', () => {
  const stepOf = (size: number) => ({
    size,
    sides: [
      { name: 'ours', rounds: [size ** 2, size ** 2] },
      { name: 'peer', rounds: [size, size] },
    ],
  })
  const row = growthRow('over anything', [stepOf(1), stepOf(10), stepOf(100)])
  expect(row.sides[1]!.rounds[0]).toBeCloseTo(1)
  expect(row.target).toMatchObject({ isMet: false })
})
