import { expect, test } from 'vitest'
import { type Key, wishOf } from './keys.ts'

const press = (key: string, code = '', more: Partial<Key> = {}) =>
  wishOf({ key, code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more })

test('digits are scenes, with Shift they are layers', () => {
  expect(press('2', 'Digit2')).toEqual({ do: 'scene', name: 'border' })
  expect(press('1', 'Numpad1')).toEqual({ do: 'scene', name: 'overview' })
  expect(press('@', 'Digit2', { shiftKey: true })).toEqual({ do: 'layer', index: 1 })
  expect(press('9', 'Digit9')).toBeNull()
})

test('letters and arrows', () => {
  expect(press('v', 'KeyV')).toEqual({ do: 'visitor' })
  expect(press('V', 'KeyV', { shiftKey: true })).toEqual({ do: 'visitor' })
  expect(press('a', 'KeyA')).toEqual({ do: 'answer' })
  expect(press('a', 'KeyA', { ctrlKey: true })).toBeNull()
  expect(press('ArrowLeft', 'ArrowLeft')).toEqual({ do: 'step', by: -1 })
  expect(press('?', 'Slash', { shiftKey: true })).toEqual({ do: 'card' })
})

test('the browser keeps its own keys', () => {
  expect(press('r', 'KeyR', { ctrlKey: true })).toBeNull()
  expect(press('constructor')).toBeNull()
  expect(press('F5', 'F5')).toBeNull()
})
