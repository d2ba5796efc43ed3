/** What 110 takes: a configuration list, not an official code (`incident-categories.json`). */
export const categories = [
  'criminal',
  'public-order',
  'traffic',
  'mass-incident',
  'disaster-accident',
  'help',
  'dispute',
  'complaint',
  'other',
  'non-police',
] as const
export type Category = (typeof categories)[number]

/** Steps of the life cycle in order (接警 … 结案归档). A later one stands for all before it. */
export const steps = [
  'reported',
  'dispatched',
  'acknowledged',
  'enRoute',
  'onScene',
  'handled',
  'fedBack',
] as const
export type Step = (typeof steps)[number]

/** How an incident ends for this centre. */
export const endings = ['closed', 'passedTo12345', 'falseReport', 'transferred', 'merged'] as const
export type Ending = (typeof endings)[number]
