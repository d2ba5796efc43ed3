/** What a grid event is about: a configuration list (`grid-event-kinds.json`). */
export const kinds = [
  'dispute',
  'safety-hazard',
  'public-order',
  'public-service',
  'sanitation',
  'facility-damage',
  'border-anomaly',
  'other',
] as const
export type Kind = (typeof kinds)[number]

/** From the lowest up: what cannot be settled at one goes to a higher one. */
export const levels = ['grid', 'village', 'township', 'county', 'prefecture'] as const
export type Level = (typeof levels)[number]

/** 0 is the grid. */
export const rankOf = (level: Level): number => levels.indexOf(level)

/** What a cell can be, what asks for somebody first; the rule of each is `statusOf`. */
export const statuses = [
  'overdue',
  'escalated',
  'attention',
  'silent',
  'unknown',
  'normal',
] as const
export type Status = (typeof statuses)[number]
