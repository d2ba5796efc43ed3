import { z } from 'zod'
import type { EventDefinitions } from '#protocol/definition.ts'
import { hasMoney, measures, sentTypes } from './anti-fraud.codes.ts'

/** More in one increment is a mistake of units: the whole country blocks some 10 million calls a day. */
const countAtMost = 10_000_000
const yuanAtMost = 10_000_000_000

const hasWholeFen = (yuan: number): boolean => Number(yuan.toFixed(2)) === yuan

export const fraudEvents = {
  'fraud.measured': {
    version: 1,
    says: 'So much more of one measure since its source last spoke: an increment, never a total. A source that sends 0 says that there was none.',
    body: z
      .strictObject({
        measure: z.enum(measures).describe('see anti-fraud.codes.ts'),
        count: z.int().min(0).max(countAtMost).describe('how many more'),
        amountYuan: z
          .number()
          .min(0)
          .max(yuanAtMost)
          .refine(hasWholeFen, 'yuan, with at most 2 decimals')
          .optional()
          .describe(
            'how much more; required for funds-stopped, funds-frozen, funds-returned, refused for all others',
          ),
        fraudType: z
          .enum(sentTypes)
          .optional()
          .describe(
            'where known; fake-loan and fake-credit-record (2024) are counted as fake-loan-or-credit (2025)',
          ),
        division: z
          .string()
          .regex(/^5328\d{2}(\d{3})?$/, 'a division code of the prefecture')
          .describe('county (6) or township (9 digits); 532800 is the whole prefecture'),
      })
      .superRefine(({ measure, count, amountYuan }, { addIssue }) => {
        const refuse = (message: string) =>
          addIssue({ code: 'custom', path: ['amountYuan'], message })
        if (!hasMoney(measure)) {
          if (amountYuan !== undefined) refuse(`${measure} has no money: remove amountYuan`)
        } else if (amountYuan === undefined) {
          refuse(`${measure} is a sum of money: say how much, in yuan`)
        } else if (count === 0 && amountYuan > 0) {
          refuse('money without a case: count is 0')
        }
      }),
    visible: {},
    example: {
      measure: 'funds-stopped',
      count: 1,
      amountYuan: 48600.5,
      fraudType: 'fake-investment',
      division: '532801103',
    },
  },
} as const satisfies EventDefinitions

/** Bodies by event type, as the door accepts them. */
export type FraudBodies = {
  [Type in keyof typeof fraudEvents]: z.infer<(typeof fraudEvents)[Type]['body']>
}
