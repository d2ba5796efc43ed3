import { type Alarms, isUnacked } from './alarm.ts'
import type { Priority } from './alarms.codes.ts'

/** The tones of a wall; priority 3 has none. */
export type Tone = 'p1' | 'p2' | 'system'

/**
 * What sounds now: of all that asks for it the gravest, one at a time. What was told before it was silenced is silent,
 * though nobody has taken it on; what is told after that, or again, sounds.
 */
export const soundingOf = (
  { open, silencedAt }: Pick<Alarms, 'open' | 'silencedAt'>,
  systemFaultSince: number | null,
): Tone | null => {
  const sounds = (priority: Priority): boolean =>
    Array.from(open.values()).some(
      (one) => one.priority === priority && isUnacked(one) && one.announcedAt > silencedAt,
    )
  if (sounds(1)) return 'p1'
  if (systemFaultSince !== null && systemFaultSince > silencedAt) return 'system'
  return sounds(2) ? 'p2' : null
}
