import { expect, it } from 'vitest'
import { movesSomething } from './use-seam-clearing.ts'

it.each([
  ['a panel that is seen from now on', 'attributes', 'panel unseen', 'panel', true],
  ['a panel that is not seen any more', 'attributes', 'panel', 'panel unseen', true],
  ['the first class of all', 'attributes', null, 'unseen', true],
  ['a sign that blinks', 'attributes', 'mark', 'mark dark', false],
  ['a blink of what is not seen', 'attributes', 'unseen', 'unseen dark', false],
  ['a text', 'characterData', null, '', true],
  ['an element that came', 'childList', null, '', true],
] as const)('%s', (_, type, oldValue, now, moves) => {
  const classes = now.split(' ')
  const target = { classList: { contains: (one: string) => classes.includes(one) } }
  expect(movesSomething({ type, oldValue, target })).toBe(moves)
})
