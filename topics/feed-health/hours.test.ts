import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayMs, hourMs, toHour } from '#protocol/beijing.ts'
import { sceneNow } from '#protocol/scene.ts'
import { addToHour, noHours, oldestHourOf, pruneHours, sumOfHours } from './hours.ts'

it('counts what it keeps as a map would, in any order', () => {
  const hour = fc.integer({ min: -12 * 24, max: 1 })
  fc.assert(
    fc.property(fc.array(hour), hour, hour, (agos, from, to) => {
      const hours = noHours()
      const counts = new Map<number, number>()
      for (const ago of agos) {
        const at = sceneNow + ago * hourMs
        addToHour(hours, at, 2, sceneNow)
        if (toHour(at) >= oldestHourOf(sceneNow)) {
          counts.set(toHour(at), (counts.get(toHour(at)) ?? 0) + 2)
        }
      }
      const [fromMs, toMs] = [from, to].map((ago) => toHour(sceneNow + ago * hourMs)) as [
        number,
        number,
      ]
      const expected = (oldestMs: number) =>
        Array.from(counts)
          .filter(([at]) => at >= fromMs && at < toMs && at >= oldestMs)
          .reduce((sum, [, count]) => sum + count, 0)
      expect(sumOfHours(hours, fromMs, toMs)).toBe(expected(0))
      const later = sceneNow + 2 * dayMs
      pruneHours(hours, later)
      expect(sumOfHours(hours, fromMs, toMs)).toBe(expected(oldestHourOf(later)))
    }),
  )
})
