import type { World } from './world.ts'

/**
 * A world in which work takes time: each look at the clock that never goes back costs a millisecond, and no timer comes
 * sooner than in one.
 */
export const busy = <Of extends World>(world: Of): Of => {
  let looks = 0
  const monotonic = () => world.clock.monotonic() + looks++
  const after: World['clock']['after'] = (delayMs, task) =>
    world.clock.after(Math.max(1, delayMs), task)
  return { ...world, clock: { ...world.clock, monotonic, after } }
}
