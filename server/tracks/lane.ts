import type { Fix } from '#protocol/track.ts'
import { type TrackEntry, unitsAtMost } from '#protocol/track-frame.ts'
import type { Clock } from '../world.ts'

/** A tick comes this long after the last when this many units have moved, and in any case after a second. */
const tickAfterMs = 250
const tickAtLatestMs = 1000
const manyUnits = 200

export interface TrackTick {
  /** server ms */
  at: number
  /** each changed unit once, its latest fix */
  changed: readonly (TrackEntry & { fix: Fix })[]
}

/** The latest fix of every unit: the whole state of the lane. It survives no restart; the next fix mends it. */
export interface Lane {
  /** The indices of those that were not taken: of units that it does not know and has no room for. */
  accept(fixes: readonly Fix[]): readonly number[]
  onTick(listener: (tick: TrackTick) => void): void
  lastFix(unit: string): Fix | null
  /** units in the order of their index */
  readonly units: readonly Fix[]
  stop(): void
}

export const createLane = (clock: Clock, roomFor = unitsAtMost): Lane => {
  const indexOf = new Map<string, number>()
  const units: Fix[] = []
  const changed = new Set<number>()
  const listeners: ((tick: TrackTick) => void)[] = []
  let tickedAtMs = clock.monotonic()

  const stop = clock.every(tickAfterMs, () => {
    if (changed.size === 0) return
    if (changed.size < manyUnits && clock.monotonic() - tickedAtMs < tickAtLatestMs) return
    tickedAtMs = clock.monotonic()
    const tick = {
      at: clock.now(),
      changed: Array.from(changed, (index) => ({ index, fix: units[index]! })),
    }
    changed.clear()
    for (const listener of listeners) listener(tick)
  })

  return {
    accept(fixes) {
      const refused: number[] = []
      for (const [n, fix] of fixes.entries()) {
        const index = indexOf.get(fix.unit) ?? units.length
        const known = units[index]
        if (index >= roomFor) {
          refused.push(n)
          continue
        }
        // a fix that took the slow way is no news
        if (known && known.at > fix.at) continue
        indexOf.set(fix.unit, index)
        units[index] = fix
        changed.add(index)
      }
      return refused
    },
    onTick(listener) {
      listeners.push(listener)
    },
    lastFix(unit) {
      const index = indexOf.get(unit)
      return index === undefined ? null : units[index]!
    },
    units,
    stop,
  }
}
