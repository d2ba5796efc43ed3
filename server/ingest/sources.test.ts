import { expect, it } from 'vitest'
import type { Standing } from '#protocol/source.ts'
import { createSimulatedWorld } from '../simulated-world.ts'
import { createSources } from './sources.ts'

const start = Date.UTC(2026, 10, 22)
const setUp = (remembered: [string, Standing][] = []) => {
  const world = createSimulatedWorld(1, start)
  return { world, sources: createSources(world.clock, () => new Map(remembered)) }
}

it('counts by source, in totals, and knows the last word of any kind', async () => {
  const { world, sources } = setUp()
  sources.heard('cad', true)
  await world.pass(1000)
  sources.heard('cad', false)
  sources.count('cad', 'duplicates', 3)
  sources.count('cad', 'duplicates')
  sources.count('gps', 'refused', 0)
  const { openedAt, tallies } = sources.door()
  expect(openedAt).toBe(start)
  expect(tallies).toEqual([
    {
      source: 'cad',
      heardAt: start + 1000,
      declared: null,
      simulated: false,
      duplicates: 4,
      refused: 0,
      masked: 0,
      fixes: 0,
    },
  ])
})

it('gives away no tally that goes on changing', () => {
  const { sources } = setUp()
  sources.count('cad', 'fixes')
  const { tallies } = sources.door()
  sources.count('cad', 'fixes')
  expect(tallies[0]!.fixes).toBe(1)
})

it('knows number patterns declared now before those of an earlier run, and none of who has retired', () => {
  const standing = { intervalMs: 10_000, numberPatterns: ['A####'], silentSince: null }
  const { sources } = setUp([['cad', standing]])
  expect(sources.numberPatternsOf('cad')).toEqual(['A####'])
  expect(sources.numberPatternsOf('gps')).toEqual([])
  sources.declare('cad', { intervalMs: 5000, numberPatterns: ['B####'] })
  expect(sources.numberPatternsOf('cad')).toEqual(['B####'])
  sources.declare('cad', 'retired')
  expect(sources.numberPatternsOf('cad')).toEqual([])
})

it('is not filled up by made-up names', () => {
  const { sources } = setUp()
  for (let n = 0; n < 3000; n++) sources.count(`s${n}`, 'refused')
  const { tallies } = sources.door()
  expect(tallies).toHaveLength(1001)
  expect(tallies.find(({ source }) => source === 'others')!.refused).toBe(2000)
})
