/** What a unit on duty can say it is doing: a configuration list, not an official code. */
export const statuses = [
  'standby',
  'enRoute',
  'atPost',
  'patrolling',
  'onCall',
  'resting',
  'emergency',
] as const
export type Status = (typeof statuses)[number]

/** Free to be sent. */
export const freeStatuses: readonly Status[] = ['standby', 'atPost', 'patrolling']

/** Away from its station, and at no fixed post. */
export const outStatuses: readonly Status[] = ['enRoute', 'patrolling', 'onCall', 'emergency']
