import { expect, test } from 'vitest'
import type { SegmentRow } from './patrols.figures.ts'
import { segmentsByAge } from './segments-by-age.ts'

const row = (code: string, patrolledAt: number | null): SegmentRow => ({
  code,
  township: '532822201',
  neighbour: 'Laos',
  line: [],
  patrolledAt,
  isPatrolled: patrolledAt !== null,
  sources: [],
  newest: null,
  simulated: false,
})

test('the segment that nobody has patrolled for the longest is first, and rows stay in their order otherwise', () => {
  const rows = [row('BX-03', 30), row('BX-02', null), row('BX-01', null), row('BX-04', 10)]
  expect(segmentsByAge(rows).map(({ code }) => code)).toEqual(['BX-01', 'BX-02', 'BX-04', 'BX-03'])
  expect(rows[0]!.code).toBe('BX-03')
})
