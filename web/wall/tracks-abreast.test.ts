import { expect, test } from 'vitest'
import { noSeams } from '#web/kit/seams.ts'
import { tracksAbreast } from './tracks-abreast.ts'

test('without a seam all tiles are alike', () => {
  expect(tracksAbreast(4, 30, 1240, 40, noSeams)).toEqual(
    Array.from({ length: 4 }, () => ({ beforePx: 0, widthPx: 280 })),
  )
})

test('no tile lies on a seam, and each screen has as many as it bears', () => {
  const seams = { xs: [960], ys: [], widePx: 20 }
  const tracks = tracksAbreast(4, 30, 1240, 40, seams)
  expect(tracks.map(({ widthPx }) => Math.round(widthPx))).toEqual([280, 280, 280, 300])
  expect(tracks.at(-1)!.beforePx).toBe(-20)
  const ends: number[] = []
  for (const { beforePx, widthPx } of tracks)
    ends.push((ends.at(-1) ?? -10) + 40 + beforePx + widthPx)
  expect(Math.round(ends.at(-1)!)).toBe(1270)
  expect(ends[2]).toBeLessThanOrEqual(950)
  expect(ends[3]! - tracks[3]!.widthPx).toBeGreaterThanOrEqual(970)
})
