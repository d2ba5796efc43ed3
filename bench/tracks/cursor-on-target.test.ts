import { expect, test } from 'vitest'
import { cotEvent } from './cursor-on-target.ts'

const fix = { unit: 'JH<12>', at: Date.UTC(2026, 10, 22), lon: 100.8, lat: 22.01 }

test('tells of a position as Cursor-on-Target does: metres a second, and no word of what is not known', () => {
  expect(cotEvent({ ...fix, speedKmh: 36, headingDeg: 90 })).toBe(
    '<event version="2.0" uid="JH&lt;12&gt;" type="a-f-G-U-C" how="m-g" time="2026-11-22T00:00:00.000Z" ' +
      'start="2026-11-22T00:00:00.000Z" stale="2026-11-22T00:01:15.000Z">' +
      '<point lat="22.01" lon="100.8" hae="9999999.0" ce="9999999.0" le="9999999.0"/>' +
      '<detail><track course="90" speed="10.00"/></detail></event>',
  )
  expect(cotEvent({ ...fix, speedKmh: null, headingDeg: null })).toContain('<detail></detail>')
})
