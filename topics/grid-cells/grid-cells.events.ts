import { z } from 'zod'
import { code, type EventDefinitions } from '#protocol/definition.ts'
import { townships as everyTownship } from './built-in-cells.ts'
import { kinds, levels, rankOf } from './grid-cells.codes.ts'

const cell = z
  .string()
  .regex(/^5328\d{5}-\d{3}$/, 'the code of a township of the prefecture, a hyphen, three digits')
  .describe('the grid cell: township code and number')
const township = z.string().regex(/^5328\d{5}$/, 'the code of a township of the prefecture')
/** A list stands for ever: of divisions that there are, no more than these can stand. */
const isThere = (division: string): boolean =>
  everyTownship.some((township) => township.startsWith(division))
const count = z.int().min(0).max(100_000)

/**
 * What cells of the social-governance grid report: counts and steps, never a household, a resident or a participant.
 * Kinds and levels: `grid-event-kinds.json`.
 */
export const gridCellEvents = {
  'cell.listed': {
    version: 1,
    says: 'The cells that there are in a division, all of them: it takes the place of every earlier list of the division and of what lies in it. A cell is taken off by a list without it.',
    body: z
      .strictObject({
        division: z
          .string()
          .regex(
            /^5328(\d{2}(\d{3})?)?$/,
            'the code of the prefecture, of a county or of a township in it',
          )
          .describe(
            'of what the list is: the prefecture (4), a county (6) or a township (9 digits)',
          ),
        townships: z
          .array(
            z.strictObject({
              township,
              cells: z.array(z.string().regex(/^\d{3}$/, 'three digits')).max(1000),
            }),
          )
          .max(200)
          .describe(
            'for each `township` (9 digits) with cells, the three-digit numbers of its `cells`; a township of the division that is left out has none',
          ),
      })
      .superRefine(({ division, townships }, context) => {
        const refuse = (path: (string | number)[], message: string) =>
          context.addIssue({ code: 'custom', path, message })
        if (!isThere(division)) refuse(['division'], 'the prefecture has no such division')
        for (const [index, { township }] of townships.entries()) {
          const path = ['townships', index, 'township']
          if (!township.startsWith(division)) refuse(path, 'must lie in `division`')
          else if (!isThere(township)) refuse(path, 'the prefecture has no such township')
        }
      }),
    visible: {},
    example: {
      division: '532801',
      townships: [
        { township: '532801001', cells: ['001', '002'] },
        { township: '532801003', cells: ['017'] },
      ],
    },
  },
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
