import { hourMs } from '#protocol/beijing.ts'
import { checkpointShares } from './checkpoints.ts'
import type { Pass } from './patrol.ts'

/** All checkpoints of a segment are passed within this long, or it was not one round. */
export const roundWithinMs = 6 * hourMs
/** After a round a segment rests this long before passes are noted again: it bounds the events of a busy border. */
export const roundPauseMs = 2 * hourMs

/**
 * When a segment was last patrolled by the passes since `sinceMs`: all of its checkpoints within six hours, at least
 * two of them by the same unit. Two patrols that meet half way make a round; three guards who stand still make none.
 *
 * Checkpoints and not the share of the line that is covered, because a segment then costs three events a round
 * instead of one for every bin of the line, a tick can decide by the state alone, and a sentence says it.
 */
export const roundOf = (passes: readonly Pass[], sinceMs: number): number | null => {
  const since = passes.filter(({ at }) => at > sinceMs)
  const endMs = Math.max(0, ...since.map(({ at }) => at))
  const within = since.filter(({ at }) => at >= endMs - roundWithinMs)
  const passed = new Set(within.map(({ checkpoint }) => checkpoint))
  if (passed.size < checkpointShares.length) return null
  const byUnit = new Map<string, number>()
  for (const { unit } of within) byUnit.set(unit, (byUnit.get(unit) ?? 0) + 1)
  return Math.max(...byUnit.values()) >= 2 ? endMs : null
}
