import { expect, test } from 'vitest'
import { entryOf, mayReload, type Quiet } from './reload.ts'

const beijing = (time: string) => Date.parse(`2026-11-${time}+08:00`)
const quiet: Quiet = {
  nowMs: beijing('23T03:10:00'),
  loadedAtMs: beijing('22T03:04:00'),
  isLive: true,
  openAlarms: 0,
  untouchedMs: 600_000,
  isOutdated: false,
}

test('a quiet minute of the night is one', () => {
  expect(mayReload(quiet)).toBe(true)
})

test.each<[string, Partial<Quiet>]>([
  ['an open P1 or P2', { openAlarms: 1 }],
  ['alarms that are not known', { openAlarms: null }],
  ['a link that is not live', { isLive: false }],
  ['somebody at the keys', { untouchedMs: 599_000 }],
  ['no clock', { nowMs: null }],
  ['the day', { nowMs: beijing('23T12:00:00') }],
  ['before the window', { nowMs: beijing('23T02:59:59') }],
  ['after the window', { nowMs: beijing('23T05:00:00') }],
  ['one this night already', { loadedAtMs: beijing('23T03:00:01'), nowMs: beijing('23T04:59:00') }],
  ['one within six hours', { loadedAtMs: beijing('22T21:11:00') }],
])('not with %s', (_, but) => {
  expect(mayReload({ ...quiet, ...but })).toBe(false)
})

test('a new build is taken at any quiet minute, but not twice in six hours', () => {
  const noon = { ...quiet, nowMs: beijing('23T12:00:00'), isOutdated: true }
  expect(mayReload(noon)).toBe(true)
  expect(mayReload({ ...noon, openAlarms: 2 })).toBe(false)
  expect(mayReload({ ...noon, loadedAtMs: beijing('23T06:00:01') })).toBe(false)
})

test('over a year a wall that is never touched begins anew once a night', () => {
  const startMs = beijing('01T12:00:00')
  let loadedAtMs = startMs
  let reloads = 0
  for (let nowMs = startMs; nowMs < startMs + 365 * 86_400_000; nowMs += 600_000) {
    if (mayReload({ ...quiet, nowMs, loadedAtMs })) {
      reloads += 1
      loadedAtMs = nowMs
    }
  }
  expect(reloads).toBe(365)
})

test('the entry of a page is its first script', () => {
  const html = '<script type="module" crossorigin src="/assets/index-abc.js"></script>'
  expect(entryOf(html)).toBe('/assets/index-abc.js')
  expect(entryOf('<p>')).toBeNull()
})
