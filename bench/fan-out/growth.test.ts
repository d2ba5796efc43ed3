import { expect, it } from 'vitest'
import { growthRow } from './growth.ts'

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
