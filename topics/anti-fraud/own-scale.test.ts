import { expect, it } from 'vitest'
import { ownScale } from './own-scale.ts'

it('puts what is usual at two thirds, until today runs past the end', () => {
  const usually = ownScale(0, 50_000)
  expect(usually.todayPercent).toBe(0)
  expect(usually.usualPercent).toBeCloseTo(100 / 1.5)
  expect(ownScale(50_000, 50_000).todayPercent).toBeCloseTo(100 / 1.5)
  expect(ownScale(200_000, 50_000)).toEqual({ todayPercent: 100, usualPercent: 25 })
})

it('draws no length where nothing is known to measure it by', () => {
  expect(ownScale(5, null)).toEqual({ todayPercent: 0, usualPercent: null })
  expect(ownScale(null, 0)).toEqual({ todayPercent: 0, usualPercent: null })
  expect(ownScale(null, 5)).toMatchObject({ todayPercent: 0 })
})

it('does not depend on any other sum', () => {
  expect(ownScale(10, 20)).toEqual(ownScale(1000, 2000))
})
