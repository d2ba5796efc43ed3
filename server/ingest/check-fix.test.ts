import { expect, it } from 'vitest'
import { checkFix } from './check-fix.ts'
import { gcj02Of } from './coordinates.ts'

const now = Date.UTC(2026, 10, 22, 14)
const good = { unit: 'JH-12', at: now - 1000, lon: 100.8, lat: 22 }

it('takes a fix, with what is known of it', () => {
  expect(checkFix({ ...good, speedKmh: 30.5, headingDeg: 360 }, now, true)).toEqual({
    fix: { ...good, seenAt: now, speedKmh: 30.5, headingDeg: 0, simulated: true },
  })
  expect(checkFix(good, now, false)).toMatchObject({ fix: { speedKmh: null, headingDeg: null } })
})

it('converts its place once', () => {
  const [lon, lat] = gcj02Of([100.8, 22])
  const checked = checkFix({ ...good, lon, lat, crs: 'gcj02' }, now, false)
  expect('fix' in checked && Math.abs(checked.fix.lon - 100.8)).toBeLessThan(1e-6)
})

it.each([
  ['lon', { lon: 198.53 }],
  ['lat', { lat: -91 }],
  ['speedKmh', { speedKmh: 401 }],
  ['speedKmh', { speedKmh: -1 }],
  ['headingDeg', { headingDeg: 361 }],
  ['at', { at: now + 5 * 60_000 + 1 }],
  ['at', { at: now - 24 * 3_600_000 - 1 }],
  ['at', { at: 1.5 }],
  ['unit', { unit: '' }],
  ['unit', { unit: '13912345678' }],
  ['unit', { unit: '云K12345' }],
  ['driver', { driver: 'x' }],
])('refuses an impossible %s, by name', (field, over) => {
  const checked = checkFix({ ...good, ...over }, now, false)
  expect('refusal' in checked && checked.refusal.field).toBe(field)
  expect(JSON.stringify(checked)).not.toContain('12345')
})

it('shows no number of a unit whose clock it does not believe, nor half of one that is too long', () => {
  const old = { ...good, at: now - 48 * 3_600_000 }
  const shownOf = (over: object) => {
    const checked = checkFix({ ...old, ...over }, now, false)
    return 'refusal' in checked && checked.refusal.unit
  }
  expect(shownOf({ unit: '云K12345' })).toBe('[车牌号]')
  expect(shownOf({ unit: `${'k'.repeat(55)}-13912345678` })).toBe(`${'k'.repeat(55)}-`)
})

it('takes a unit whose source has declared that its numbers look so', () => {
  const unit = '13912345678'
  expect(checkFix({ ...good, unit }, now, false, (code) => code === unit)).toMatchObject({
    fix: { unit },
  })
})
