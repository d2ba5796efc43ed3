import type { World } from './world.ts'

/** A world in which work takes time: each look at the clock that never goes back costs a millisecond. */
export const busy = <Of extends World>(world: Of): Of => {
  let looks = 0
  const monotonic = () => world.clock.monotonic() + looks++
  return { ...world, clock: { ...world.clock, monotonic } }
}
