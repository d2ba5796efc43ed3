import { expect, test } from 'vitest'
import { formLines } from './form-lines.ts'
import type { Line, Point } from './geometry.ts'

const side = 80
/** A round hill in the middle of a flat square of one degree. */
const hill = {
  widthPx: side,
  heightPx: side,
  metresPerPx: 100,
  bounds: [100, 21, 101, 22] as [number, number, number, number],
  heightsM: Float32Array.from({ length: side * side }, (_, i) =>
    Math.max(0, 1000 - 30 * Math.hypot((i % side) - side / 2, Math.floor(i / side) - side / 2)),
  ),
  placeOf: (x: number, y: number): Point => [100 + (x + 0.5) / side, 22 - (y + 0.5) / side],
}
const square: Line = [
  [99, 20],
  [102, 20],
  [102, 23],
  [99, 23],
  [99, 20],
]

test('the higher ground is to the left of every line, so that a page can light it', () => {
  const lines = formLines(hill, square)
  expect(lines.length).toBeGreaterThan(10)
  for (const line of lines) {
    const twice = line
      .slice(1)
      .reduce((sum, [x, y], i) => sum + line[i]![0] * y - x * line[i]![1], 0)
    // against the clock, with north up: the top is inside, and inside is left
    expect(twice).toBeGreaterThan(0)
  }
})
