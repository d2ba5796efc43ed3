import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeState } from './snapshot.ts'
import { partsOfState } from './state-parts.ts'

const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null))
const { state } = fc.letrec((tie) => ({
  state: fc.oneof(
    { depthSize: 'medium' },
    leaf,
    fc.array(tie('state')),
    fc.array(fc.tuple(fc.string(), tie('state'))).map((entries) => new Map(entries)),
    fc.array(fc.string()).map((entries) => new Set(entries)),
    fc.dictionary(
      fc.string().map((key) => `k${key}`),
      fc.option(tie('state'), { nil: undefined }),
      { noNullPrototype: true },
    ),
  ),
}))

it('says what encodeState says, in parts', () => {
  fc.assert(
    fc.property(state, fc.nat(4), (value, depth) => {
      const parts = Array.from(partsOfState(value, depth))
      expect(parts.join('')).toBe(JSON.stringify(encodeState(value)))
    }),
  )
})

it('cuts a large map between its entries', () => {
  const large = { of: new Map(Array.from({ length: 1000 }, (_, n) => [n, { n }])) }
  const parts = Array.from(partsOfState(large))
  expect(parts.length).toBeGreaterThan(10)
  expect(parts.join('')).toBe(JSON.stringify(encodeState(large)))
})

it('refuses what encodeState refuses', () => {
  const proto = JSON.parse('{"__proto__":1}')
  for (const wrong of [
    { $map: 1 },
    proto,
    { a: proto },
    { a: { $b: 1 } },
    { a: Number.NaN },
    new Map([[1, () => {}]]),
  ])
    expect(() => Array.from(partsOfState(wrong))).toThrow(TypeError)
})
