import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Area, placeCard } from './place-card.ts'
import { cutBy, stripsOf } from './seams.ts'

const screen = { widthPx: 1920, heightPx: 1080 }
const alarm: Area = { leftPx: 1300, topPx: 80, widthPx: 580, heightPx: 240 }
/** measured where it stood before */
const card: Area = { leftPx: 900, topPx: 700, widthPx: 500, heightPx: 400 }
const touches = (one: Area, other: Area) =>
  one.leftPx < other.leftPx + other.widthPx &&
  other.leftPx < one.leftPx + one.widthPx &&
  one.topPx < other.topPx + other.heightPx &&
  other.topPx < one.topPx + one.heightPx

it('stands under the figure that it speaks of', () => {
  const anchor = { leftPx: 40, topPx: 200, widthPx: 100, heightPx: 40 }
  expect(placeCard(card, anchor, screen, [alarm], 10)).toEqual({ leftPx: 40, topPx: 250 })
})

it('never covers the figure or the alarms, wherever the figure is', () => {
  fc.assert(
    fc.property(fc.nat(1800), fc.nat(1020), (leftPx, topPx) => {
      const anchor = { leftPx, topPx, widthPx: 100, heightPx: 40 }
      const spot = placeCard(card, anchor, screen, [alarm], 10)
      expect(spot).not.toBeNull()
      const placed = { ...card, ...spot! }
      expect([touches(placed, anchor), touches(placed, alarm)]).toEqual([false, false])
      expect(placed.leftPx).toBeGreaterThanOrEqual(0)
      expect(placed.leftPx + placed.widthPx).toBeLessThanOrEqual(screen.widthPx)
      expect(placed.topPx).toBeGreaterThanOrEqual(0)
      expect(placed.topPx + placed.heightPx).toBeLessThanOrEqual(screen.heightPx)
    }),
  )
})

it('has no place where it would have to cover something', () => {
  const whole = { leftPx: 0, topPx: 0, ...screen }
  expect(placeCard(card, { ...alarm, topPx: 400 }, screen, [whole], 10)).toBeNull()
})

it('lies on no seam, wherever the figure is', () => {
  const wide = { widthPx: 3840, heightPx: 1080 }
  const seams = { xs: [960, 1920, 2880], ys: [540], widePx: 32 }
  fc.assert(
    fc.property(fc.nat(3700), fc.nat(1020), (leftPx, topPx) => {
      const anchor = { leftPx, topPx, widthPx: 100, heightPx: 40 }
      const spot = placeCard(card, anchor, wide, [{ ...alarm, leftPx: 3200 }], 10, seams)!
      expect(cutBy(spot.leftPx, card.widthPx, stripsOf(seams.xs, seams.widePx))).toBeUndefined()
      expect(cutBy(spot.topPx, card.heightPx, stripsOf(seams.ys, seams.widePx))).toBeUndefined()
    }),
  )
})
