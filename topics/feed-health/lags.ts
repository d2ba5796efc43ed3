import { dayMs } from '#protocol/beijing.ts'

/**
 * Ends of the steps that lags are sorted into, ms: each an eighth longer than the one before, so that the median of
 * any number of events is known within 6 % from some hundred counts. Whole numbers: every machine has the same steps.
 */
const ends: readonly number[] = (() => {
  const list = [250, 500, 1000]
  for (let end = 1000; end < dayMs; ) {
    end += Math.floor(end / 8)
    list.push(end)
  }
  return list
})()

/** The step of a lag: an index, 0 for next to none. */
export const stepOf = (lagMs: number): number => {
  const step = ends.findIndex((end) => lagMs < end)
  return step < 0 ? ends.length : step
}

/** The middle of a step, ms. */
const middleOf = (step: number): number =>
  Math.round(((ends[step - 1] ?? 0) + (ends[step] ?? ends.at(-1)!)) / 2)

/** The median of lags that were sorted into steps, ms; of an even number the lower one. Null without any. */
export const medianOf = (countBySteps: Iterable<ReadonlyMap<number, number>>): number | null => {
  const sum = new Map<number, number>()
  let count = 0
  for (const byStep of countBySteps) {
    for (const [step, n] of byStep) {
      sum.set(step, (sum.get(step) ?? 0) + n)
      count += n
    }
  }
  let passed = 0
  for (const step of Array.from(sum.keys()).sort((a, b) => a - b)) {
    passed += sum.get(step)!
    if (2 * passed >= count) return middleOf(step)
  }
  return null
}
