import { expect, test } from 'vitest'
import { noSeams } from '#web/kit/seams.ts'
import { seamedGeometry } from './seamed-geometry.ts'
import { readSeams } from './seams.ts'
import { wallScale } from './wall-scale.ts'

const formatOf = (widthPx: number, heightPx: number, text: string | null) => {
  const size = { widthPx, heightPx }
  const seams = text === null ? noSeams : readSeams(text, size)
  return seamedGeometry(size, wallScale(size, 1, {}), 'en', seams).format
}

test('small screens that hold a column each leave the map two of them', () => {
  expect(formatOf(3840, 1080, null)).toBe('wide')
  expect(formatOf(3840, 1080, '4x2')).toBe('compact')
})

test.each([
  [3840, 1080, '2x1:12', 'wide'],
  [5760, 1080, '3x1:12', 'vast'],
  [7680, 2160, '4x2:20', 'wide'],
  [4608, 1728, '3x2', 'wide'],
  [1920, 1080, '2x2:6', 'compact'],
])('%i × %i of %s keeps its columns', (widthPx, heightPx, text, format) => {
  expect(formatOf(widthPx, heightPx, text)).toBe(format)
})
