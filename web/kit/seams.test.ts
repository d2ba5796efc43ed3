import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clearStart, cutBy, longestRoom, stripsOf } from './seams.ts'

const strips = stripsOf([540, 1080], 20)

test('a seam takes as much to either side', () => {
  expect(strips[0]).toEqual({ fromPx: 530, toPx: 550 })
})

test('what no seam cuts stays where it is', () => {
  expect(clearStart(100, 430, strips)).toBe(100)
  expect(clearStart(550, 520, strips)).toBe(550)
})

test('what one cuts goes to the nearer side of it', () => {
  expect(clearStart(500, 60, strips)).toBe(470)
  expect(clearStart(520, 60, strips)).toBe(550)
  expect(clearStart(500, 60, strips, 480)).toBe(550)
})

test('what has no room between seams stays where it is', () => {
  expect(clearStart(300, 600, strips, 0, 500)).toBe(300)
})

test('nothing that is moved is cut', () => {
  fc.assert(
    fc.property(
      fc.integer({ max: 1500, min: -100 }),
      fc.integer({ min: 1, max: 500 }),
      (at, px) => {
        expect(cutBy(clearStart(at, px, strips), px, strips)).toBeUndefined()
      },
    ),
  )
})

test('the longest room between seams', () => {
  expect(longestRoom(0, 2000, strips)).toEqual({ startPx: 1090, lengthPx: 910 })
  expect(longestRoom(100, 1000, strips)).toEqual({ startPx: 550, lengthPx: 450 })
  expect(longestRoom(10, 1070, strips).startPx).toBe(10)
  expect(longestRoom(100, 500, strips)).toEqual({ startPx: 100, lengthPx: 400 })
})
