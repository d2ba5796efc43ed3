import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until something holds; how long that took, ms. Throws what was waited for when it takes too long. */
export const waitFor = async (
  what: string,
  holds: () => Promise<boolean> | boolean,
  withinMs = 40_000,
): Promise<number> => {
  const startMs = performance.now()
  while (!(await holds())) {
    if (performance.now() - startMs > withinMs)
      throw new Error(`not within ${withinMs} ms: ${what}`)
    await sleep(100)
  }
  return performance.now() - startMs
}
