import { z } from 'zod'
import { code, type EventDefinitions } from '#protocol/definition.ts'
import { kinds, levels, rankOf } from './grid-cells.codes.ts'

const cell = z
  .string()
  .regex(/^5328\d{5}-\d{3}$/, 'the code of a township of the prefecture, a hyphen, three digits')
  .describe('the grid cell: township code and number')
const count = z.int().min(0).max(100_000)

/**
 * What cells of the social-governance grid report: counts and steps, never a household, a resident or a participant.
 * Kinds and levels: `grid-event-kinds.json`.
 */
export const gridCellEvents = {
  'cell.reported': {
    version: 1,
    says: 'A cell reported how it stands, at least every 15 minutes; a later report replaces the earlier.',
    body: z.strictObject({
      cell,
      onDuty: count.describe('how many people are on duty in it'),
      openEvents: count.describe(
        'events that are open in the cell; what was escalated has left it',
      ),
      overdueEvents: count.describe('of those, events past their time limit'),
      closedToday: count.describe('events closed in the cell since midnight in Beijing'),
    }),
    visible: {},
    example: { cell: '532801003-017', onDuty: 2, openEvents: 3, overdueEvents: 0, closedToday: 4 },
  },
  'cell.escalated': {
    version: 1,
    says: 'An event was moved up, because it could not be settled where it was.',
    body: z
      .strictObject({
        cell,
        event: code().describe('number of the event, the same at every level'),
        kind: z.enum(kinds).describe('see grid-cells.codes.ts'),
        from: z.enum(levels).describe('the level that it left'),
        to: z.enum(levels).describe('the level that has it now'),
      })
      .refine(({ from, to }) => rankOf(to) > rankOf(from), {
        path: ['to'],
        message: 'must be a higher level than `from`',
      }),
    visible: {},
    example: {
      cell: '532801003-017',
      event: 'WG-20260131-0417',
      kind: 'dispute',
      from: 'village',
      to: 'township',
    },
  },
} as const satisfies EventDefinitions

/** Bodies by event type, as the door accepts them. */
export type GridCellBodies = {
  [Type in keyof typeof gridCellEvents]: z.infer<(typeof gridCellEvents)[Type]['body']>
}
