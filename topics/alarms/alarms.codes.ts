/** 1 wants a hand at once, 2 within minutes, 3 within the shift. */
export const priorities = [1, 2, 3] as const
export type Priority = (typeof priorities)[number]

/** Who answers to an alarm: a role of the shift, never a person. */
export const owners = ['duty-chief', 'dispatcher', 'border-desk', 'grid-desk', 'keeper'] as const
export type Owner = (typeof owners)[number]

/** The rules that raise alarms; what each looks at stands in `alarms.rules.ts`. */
export const ruleIds = [
  'incident-grave',
  'unit-emergency',
  'incident-waiting',
  'unit-missing',
  'source-silent',
  'screen-frozen',
  'unit-silent',
  'unit-overdue',
  'segment-unpatrolled',
  'matter-storm',
  'matter-risen',
  'unit-unrostered',
  'source-amiss',
] as const
export type RuleId = (typeof ruleIds)[number]

/** What an alarm is about. */
export const kinds = ['incident', 'unit', 'segment', 'township', 'source', 'screen'] as const
export type Kind = (typeof kinds)[number]

/** Of a surge hundreds may tell: so many answer for it. */
export const sourcesAtMost = 8

/** Why an alarm is put on the shelf: a list, so that it can be counted. */
export const shelfReasons = [
  'known-work',
  'faulty-source',
  'under-control',
  'exercise',
  'other',
] as const
export type ShelfReason = (typeof shelfReasons)[number]

/** Why an alarm is told again. */
export const againReasons = ['unacknowledged', 'not-dispatched', 'returned'] as const
export type AgainReason = (typeof againReasons)[number]

export const unshelfReasons = ['by-hand', 'expired'] as const

/** A shelf lasts so long unless said, and one shift at most, ms. */
export const shelfMs = 30 * 60_000
export const shelfAtMostMs = 8 * 3_600_000
/** What may be chosen without reckoning, min: from the usual length to a whole shift. */
export const shelfLengthsMin = [30, 60, 120, 240, 480] as const
