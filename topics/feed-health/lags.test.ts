import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayMs } from '#protocol/beijing.ts'
import { medianOf, stepOf } from './lags.ts'

const medianOfLags = (lags: readonly number[]) =>
  medianOf(lags.map((lagMs) => new Map([[stepOf(lagMs), 1]])))

it('knows the median of any lags within 7 %, or an eighth of a second', () => {
  const lag = fc.integer({ min: 0, max: dayMs })
  fc.assert(
    fc.property(fc.array(lag, { minLength: 1 }), (lags) => {
      const sorted = lags.toSorted((a, b) => a - b)
      const exact = sorted[Math.ceil(sorted.length / 2) - 1]!
      const off = Math.abs(medianOfLags(lags)! - exact)
      expect(off).toBeLessThanOrEqual(Math.max(exact < 1000 ? 250 : 0, 0.07 * exact))
    }),
  )
})

it('knows no median of nothing', () => {
  expect([medianOf([]), medianOf([new Map()])]).toEqual([null, null])
})
