import { describe, expect, test } from 'vitest'
import { createRandom, type Random } from './random.ts'

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw)
const medianOf = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
const meanOf = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length
const first = (random: Random) => draws(5, random.next)

describe('a seeded random', () => {
  test('says the same for the same seed, and something else for another', () => {
    expect(first(createRandom(7))).toEqual(first(createRandom('7')))
    expect(first(createRandom(7))).not.toEqual(first(createRandom(8)))
  })

  test('keeps its stream for ever: a story that was told is told again', () => {
    expect(first(createRandom(1)).map((x) => x.toFixed(9))).toMatchInlineSnapshot(`
      [
        "0.186171901",
        "0.229183797",
        "0.509133672",
        "0.627364349",
        "0.095322307",
      ]
    `)
  })

  test('forks by name, whatever was drawn before', () => {
    const one = createRandom(1)
    const other = createRandom(1)
    draws(100, other.next)
    expect(first(one.fork('a'))).toEqual(first(other.fork('a')))
    expect(first(one.fork('a'))).not.toEqual(first(one.fork('b')))
  })

  test('is even', () => {
    const numbers = draws(20_000, createRandom(3).next)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThan(1)
    expect(meanOf(numbers)).toBeCloseTo(0.5, 2)
  })

  test('has the shapes that it promises', () => {
    const random = createRandom(4)
    expect(meanOf(draws(20_000, () => random.exponential(8)))).toBeCloseTo(8, 0)
    expect(medianOf(draws(20_000, () => random.lognormal(9, 0.5)))).toBeCloseTo(9, 0)
    const ints = new Set(draws(1000, () => random.int(2, 4)))
    expect([...ints].sort()).toEqual([2, 3, 4])
    const picks = Array.from({ length: 10_000 }, () =>
      random.weighted([
        ['rare', 1],
        ['common', 9],
      ]),
    )
    expect(picks.filter((one) => one === 'rare').length / 10_000).toBeCloseTo(0.1, 2)
  })
})
