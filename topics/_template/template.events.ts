import { z } from 'zod'
import { code, type EventDefinitions, freeText } from '#protocol/definition.ts'

/** Past tense, `noun.pastVerb`. A noun belongs to one topic. */
export const templateEvents = {
  'thing.counted': {
    // the first version called it `n`; what the journal holds of it is read through the upcaster
    version: 2,
    says: 'Things were counted at a place; a later count replaces the earlier.',
    body: z.strictObject({
      place: code().describe('where they were counted'),
      count: z.int().min(0).describe('how many'),
      remark: freeText().describe('for the staff, without any person'),
    }),
    upcast: { 1: ({ n, ...rest }) => ({ ...rest, count: n ?? null, remark: '' }) },
    visible: { visitor: ['place', 'count'] },
    example: { v: 2, place: 'A-1', count: 12, remark: '' },
  },
} as const satisfies EventDefinitions

export type TemplateBodies = {
  [Type in keyof typeof templateEvents]: z.infer<(typeof templateEvents)[Type]['body']>
}
