import { expect, it } from 'vitest'
import { decodeState, encodeState } from './snapshot.ts'

it('brings maps, sets and what is in them over the wire', () => {
  const state = { a: [1, null, 'x'], m: new Map([[3, new Set(['y'])]]), o: { p: true } }
  expect(decodeState(JSON.parse(JSON.stringify(encodeState(state))))).toEqual(state)
})

it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [() => 0], [new Date()], [{ $map: 1 }], [1n]])(
  'throws at %s, which JSON would change in silence',
  (value) => {
    expect(() => encodeState({ value })).toThrow(TypeError)
  },
)

it('takes no prototype for a member, either way', () => {
  const own = JSON.parse('{"__proto__":{"isOpen":true}}')
  expect(() => encodeState(own)).toThrow(TypeError)
  expect(() => decodeState({ $map: [['a', own]] })).toThrow(TypeError)
})
