import { expect, test } from 'vitest'
import { createTrackTable, growTrackTable, type TrackTable } from '#protocol/track-frame.ts'
import { createGlide, type Stretches, trailPlaces } from './unit-glide.ts'

const tableOf = () => {
  const table = createTrackTable(2)
  growTrackTable(table, 1)
  return table
}
const put = (table: TrackTable, lon: number, at: number, index = 0) => {
  table.positions.set([lon, 22], 2 * index)
  table.fixAt[index] = at
}
const lonOf = (glide: ReturnType<typeof createGlide>, index = 0) => glide.shown()[2 * index]!

test('a unit goes from fix to fix in the time between them, and then rests', () => {
  const [glide, table] = [createGlide(), tableOf()]
  put(table, 100, 1000)
  glide.take(table, 0)
  expect(glide.step(0)).toBe(false)
  expect(lonOf(glide)).toBe(100)

  put(table, 100.01, 5000)
  glide.take(table, 10_000)
  expect(glide.step(12_000)).toBe(true)
  expect(lonOf(glide)).toBeCloseTo(100.005, 4)
  expect(glide.step(14_000)).toBe(false)
  expect(lonOf(glide)).toBeCloseTo(100.01, 4)
})

test('a fix that comes on the way is gone to from where the unit is seen', () => {
  const [glide, table] = [createGlide(), tableOf()]
  put(table, 100, 1000)
  glide.take(table, 0)
  put(table, 100.01, 3000)
  glide.take(table, 0)
  glide.step(1000)
  put(table, 100.02, 5000)
  glide.take(table, 1000)
  glide.step(1000)
  expect(lonOf(glide)).toBeCloseTo(100.005, 4)
})

test('a leap is no journey, nor is what a server that began anew says', () => {
  const [glide, table] = [createGlide(), tableOf()]
  put(table, 100, 1000)
  glide.take(table, 0)
  put(table, 101, 2000)
  glide.take(table, 0)
  expect(glide.step(0)).toBe(false)
  expect(lonOf(glide)).toBe(101)
})

test('a trail goes back over the latest places and no further', () => {
  const [glide, table] = [createGlide(), tableOf()]
  for (let n = 0; n < 20; n++) {
    put(table, 100 + n / 1000, 1000 * (n + 1))
    glide.take(table, 1000 * n)
    glide.step(1000 * n + 999.9)
  }
  const lonsTo = ({ count, ends }: Stretches) =>
    Array.from({ length: count }, (_, n) => Number(ends[4 * n + 2]!.toFixed(3)))
  expect(lonsTo(glide.heads())).toEqual([100.018])
  const tails = glide.tails()
  expect(lonsTo(tails)).toEqual([100.017, 100.016, 100.015, 100.014, 100.013, 100.012])
  expect(tails.count + 1).toBe(trailPlaces - 1)
  expect([...tails.ages.subarray(0, tails.count)]).toEqual([2, 3, 4, 5, 6, 7])

  // no step of a glide lays them anew, a fix does
  glide.step(1e6)
  expect(glide.tails()).toBe(tails)
  put(table, 100.02, 30_000)
  glide.take(table, 1e6)
  expect(lonsTo(glide.tails())[0]).toBe(100.018)
})

test('it takes in units beyond its room, and keeps those it had', () => {
  const [glide, table] = [createGlide(), tableOf()]
  put(table, 100, 1000)
  glide.take(table, 0)
  growTrackTable(table, 5000)
  put(table, 101, 1000, 4999)
  glide.take(table, 0)
  expect([lonOf(glide), lonOf(glide, 4999)]).toEqual([100, 101])
})
