import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clearTracks, readSeams } from './seams.ts'

const size = { widthPx: 7680, heightPx: 2160 }

test('a wall of screens is joined between them', () => {
  expect(readSeams('4x2', size)).toEqual({ xs: [1920, 3840, 5760], ys: [1080], widePx: 12 })
  expect(readSeams('4x1:20', size)).toMatchObject({ xs: [1920, 3840, 5760], ys: [], widePx: 32 })
  expect(readSeams('3840,1920', size).xs).toEqual([1920, 3840])
  expect(readSeams('1920/1440,720:8', size)).toEqual({ xs: [1920], ys: [720, 1440], widePx: 20 })
})

test('places are in the pixels of the screen, whatever the desktop’s scale', () => {
  const scaled = readSeams('1920:30', { widthPx: 2560, heightPx: 720 }, 1.5)
  expect(scaled).toEqual({ xs: [1280], ys: [], widePx: 32 })
})

test.each([null, '', 'x', '0x2', '9000', '-5', '1x1'])('%s joins nothing', (text) => {
  const { xs, ys } = readSeams(text, size)
  expect([xs, ys]).toEqual([[], []])
})

test('without seams a column is as wide as it wishes', () => {
  expect(clearTracks([400, 300], 200, 30, 40, [], 0)).toEqual([
    { beforePx: 30, widthPx: 400 },
    { beforePx: 40, widthPx: 300 },
  ])
})

test('a column gives way to a seam: it ends before it, or begins after it', () => {
  expect(clearTracks([400], 200, 30, 40, [400], 20)[0]).toEqual({ beforePx: 30, widthPx: 360 })
  expect(clearTracks([400], 200, 30, 40, [150], 20)[0]).toEqual({ beforePx: 160, widthPx: 400 })
})

const places = fc.array(fc.integer({ min: 200, max: 4000 }), { maxLength: 6 }).map((xs) => {
  const far: number[] = []
  // two seams are a screen apart
  for (const x of xs.sort((a, b) => a - b)) if (x - (far.at(-1) ?? -900) >= 900) far.push(x)
  return far
})

test('no column ever lies on a seam', () => {
  fc.assert(
    fc.property(
      places,
      fc.array(fc.integer({ min: 300, max: 800 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 60 }),
      (seams, widths, widePx) => {
        let atPx = 0
        for (const { beforePx, widthPx } of clearTracks(widths, 300, 30, 40, seams, widePx)) {
          atPx += beforePx
          for (const seam of seams)
            expect(atPx >= seam + widePx / 2 - 1 || atPx + widthPx <= seam - widePx / 2 + 1).toBe(
              true,
            )
          expect(widthPx).toBeGreaterThanOrEqual(298)
          atPx += widthPx
        }
      },
    ),
  )
})
