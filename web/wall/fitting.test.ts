import { expect, test } from 'vitest'
import { stripsOf } from '#web/kit/seams.ts'
import { fitting } from './fitting.ts'

const shown = (...of: Parameters<typeof fitting>) => fitting(...of).shown

test('what would be cut off is not shown, nor what stands below it', () => {
  expect(shown([100, 100, 100], 1, 10, 330)).toBe(3)
  expect(shown([100, 100, 100], 1, 10, 319)).toBe(2)
  expect(shown([400, 10], 1, 10, 300)).toBe(0)
  expect(shown([], 1, 10, 300)).toBe(0)
})

test('panels side by side stand or fall together', () => {
  expect(shown([100, 200, 50, 90], 2, 10, 300)).toBe(4)
  expect(shown([100, 200, 50, 91], 2, 10, 300)).toBe(2)
  expect(shown([100, 301], 2, 10, 300)).toBe(0)
})

const strips = stripsOf([300], 20)

test('a panel that a seam would cut begins after it, and those below it follow', () => {
  expect(fitting([200, 200, 100], 1, 10, 700, strips)).toEqual({ shown: 3, offsPx: [0, 100, 0] })
  expect(fitting([200, 200, 200], 1, 10, 700, strips)).toEqual({ shown: 2, offsPx: [0, 100] })
  expect(fitting([100, 80, 90, 200], 2, 10, 700, strips).offsPx).toEqual([0, 0, 200, 200])
})

test('a panel that is higher than any screen stays, and its rows step over', () => {
  expect(fitting([600], 1, 10, 700, strips)).toEqual({ shown: 1, offsPx: [0] })
})
