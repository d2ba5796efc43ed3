import { expect, it } from 'vitest'
import { measureLoad } from './alarm-load.fixture.ts'

/** A month says more and takes half a minute: `WANGLOU_LOAD_DAYS=28`. */
const days = Number(process.env.WANGLOU_LOAD_DAYS || 7)
const windowsPerDay = 144

it('an ordinary day asks for one answer in ten minutes at most, in the mix of 5, 15 and 80', () => {
  const load = measureLoad(1, Date.UTC(2026, 9, 20, 4), days, 30_000)
  const { byPriority, windows } = load
  const all = byPriority[1] + byPriority[2] + byPriority[3]
  expect(all / (days * windowsPerDay)).toBeLessThanOrEqual(1)
  // it is not calm because nothing is watched
  expect(all / (days * windowsPerDay)).toBeGreaterThan(0.3)
  const shareOf = (priority: 1 | 2 | 3) => (100 * byPriority[priority]) / all
  for (const [priority, share] of [
    [1, 5],
    [2, 15],
    [3, 80],
  ] as const) {
    expect(Math.abs(shareOf(priority) - share)).toBeLessThanOrEqual(10)
  }
  // what was grouped in a flood counts here too: nothing is hidden to look calm
  let above = 0
  for (const [count, of] of windows) if (count > 10) above += of
  expect(above / (days * windowsPerDay)).toBeLessThanOrEqual(0.01)
  expect(load.floodShare).toBeLessThan(0.01)
  expect(load.openAtMost).toBeLessThan(60)
})
