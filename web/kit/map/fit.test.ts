import { WebMercatorViewport } from '@deck.gl/core'
import { describe, expect, test } from 'vitest'
import { fitCamera, freeRoom, type LonLat, toScreen } from './fit.ts'

const corners: LonLat[] = [
  [99.94, 21.14],
  [101.83, 21.14],
  [101.83, 22.6],
  [99.94, 22.6],
]
const walls = [
  { size: { widthPx: 1920, heightPx: 1080 }, inset: { left: 480, right: 520, top: 0, bottom: 60 } },
  { size: { widthPx: 3840, heightPx: 1080 }, inset: { left: 900, right: 950, top: 0, bottom: 70 } },
  { size: { widthPx: 7680, heightPx: 2160 }, inset: { left: 0, right: 4000, top: 9, bottom: 0 } },
  { size: { widthPx: 1080, heightPx: 1920 }, inset: { left: 0, right: 0, top: 300, bottom: 700 } },
]

describe.each(walls)('a wall of $size.widthPx × $size.heightPx', ({ size, inset }) => {
  const marginPx = 20
  const camera = fitCamera(corners, size, inset, marginPx)
  const points = corners.map((corner) => toScreen(corner, camera, size))
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const gaps = {
    left: Math.min(...xs) - inset.left,
    right: size.widthPx - inset.right - Math.max(...xs),
    top: Math.min(...ys) - inset.top,
    bottom: size.heightPx - inset.bottom - Math.max(...ys),
  }

  test('the places fill the free room up to the margin, in its middle', () => {
    expect(gaps.left).toBeCloseTo(gaps.right, 3)
    expect(gaps.top).toBeCloseTo(gaps.bottom, 3)
    expect(Math.min(gaps.left, gaps.top)).toBeCloseTo(marginPx, 3)
    expect(Math.max(gaps.left, gaps.top)).toBeGreaterThanOrEqual(marginPx)
  })

  test('deck.gl puts them at the same pixels', () => {
    const viewport = new WebMercatorViewport({
      ...camera,
      width: size.widthPx,
      height: size.heightPx,
    })
    for (const corner of corners) {
      const [x, y] = viewport.project([...corner])
      const [ourX, ourY] = toScreen(corner, camera, size)
      expect(ourX).toBeCloseTo(x!, 1)
      expect(ourY).toBeCloseTo(y!, 1)
    }
  })
})

test('panels that leave no room are ignored on that axis', () => {
  const size = { widthPx: 800, heightPx: 600 }
  const room = freeRoom(size, { left: 500, right: 400, top: 50, bottom: 50 })
  expect(room).toEqual({ leftPx: 0, widthPx: 800, topPx: 50, heightPx: 500 })
})
