import { expect, it } from 'vitest'
import { type Part, provenanceOf } from './provenance.ts'

const part = (of: Partial<Part>): Part => ({
  ...{ sources: ['cad'], count: 1, simulated: false, newest: null },
  ...of,
})
const of = (...parts: Part[]) => {
  const { simulated, simulatedCount } = provenanceOf('x.rule.y', null, parts)
  return [simulated, simulatedCount]
}

it('knows how many are simulated where every part does', () => {
  expect(of(part({}), part({ count: 7 }))).toEqual([false, undefined])
  expect(of(part({ simulated: true }), part({ count: 9, simulated: 4 }))).toEqual([true, 5])
})

it('does not guess how many of a part that was not counted are simulated', () => {
  expect(of(part({ count: 9, simulated: true }), part({ simulated: true }))).toEqual([
    true,
    undefined,
  ])
})

it('takes no word from a part of nothing', () => {
  expect(of(part({ count: 0, simulated: true }))).toEqual([false, undefined])
})
