import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutBy, noSeams, stripsOf } from '#web/kit/seams.ts'
import { placeCallout } from './place-callout.ts'

const map = { widthPx: 3840, heightPx: 1080 }
const inset = { left: 900, right: 900, top: 80, bottom: 70 }
const size = { widthPx: 300, heightPx: 160 }
const place = (spot: [number, number], seams = noSeams) =>
  placeCallout(spot, size, 20, map, inset, seams)

it('stands to the right of the spot, and to its left where there is no room', () => {
  expect(place([1500, 500])).toEqual({ leftPx: 1520, topPx: 420 })
  expect(place([2700, 500])).toEqual({ leftPx: 2380, topPx: 420 })
})

it('stays in the room of the map', () => {
  expect(place([100, 10])).toEqual({ leftPx: 900, topPx: 80 })
  expect(place([3800, 1070])).toEqual({ leftPx: 2640, topPx: 850 })
})

it('lies on no seam, wherever the spot is', () => {
  const seams = { xs: [960, 1920, 2880], ys: [540], widePx: 32 }
  fc.assert(
    fc.property(fc.nat(map.widthPx), fc.nat(map.heightPx), (x, y) => {
      const { leftPx, topPx } = place([x, y], seams)
      expect(cutBy(leftPx, size.widthPx, stripsOf(seams.xs, seams.widePx))).toBeUndefined()
      expect(cutBy(topPx, size.heightPx, stripsOf(seams.ys, seams.widePx))).toBeUndefined()
      expect(leftPx).toBeGreaterThanOrEqual(inset.left)
      expect(leftPx + size.widthPx).toBeLessThanOrEqual(map.widthPx - inset.right)
      expect(topPx).toBeGreaterThanOrEqual(inset.top)
      expect(topPx + size.heightPx).toBeLessThanOrEqual(map.heightPx - inset.bottom)
    }),
  )
})
