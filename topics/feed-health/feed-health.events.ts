import { z } from 'zod'
import { code, type EventDefinitions } from '#protocol/definition.ts'
import { intervalAtLeastMs, intervalAtMostMs } from '#protocol/source.ts'
import { feedFaults, sourcesPerCount } from './feed-health.codes.ts'

const source = code(64).describe('the source, as it signs its events')
const fault = z.enum(feedFaults)
const at = z.int().min(0)
const total = z.int().min(0)
const cause = z.string().min(1).max(200).describe('the event that led to it, or `tick`')

/** How much a source sends, and what of it is refused, is nobody's business outside of the centre. */
const nothing = { shared: [], visitor: [] }

/** What the door noticed of its sources. Nobody sends these: the server makes them. */
export const feedEvents = {
  'feed.declared': {
    version: 1,
    says: 'A source promised a word at least so often. A later declaration replaces it.',
    body: z.strictObject({
      source,
      intervalMs: z.int().min(intervalAtLeastMs).max(intervalAtMostMs),
      numberPatterns: z
        .array(z.string().min(1).max(64))
        .max(8)
        .describe('how its numbers look, that are no personal number'),
      title: z
        .strictObject({ zh: z.string().min(1).max(24), en: z.string().min(1).max(24) })
        .optional()
        .describe('what people call it: `zh`, `en`'),
      cause,
    }),
    visible: nothing,
    example: {
      source: 'cad',
      intervalMs: 10_000,
      numberPatterns: [],
      title: { zh: '接处警', en: 'calls' },
      cause: 'tick',
    },
  },
  'feed.retired': {
    version: 1,
    says: 'A source promised nothing any more: nothing is missed of it from now on.',
    body: z.strictObject({ source, cause }),
    visible: nothing,
    example: { source: 'cad', cause: 'tick' },
  },
  'feed.counted': {
    version: 1,
    says: 'What the door counted of its sources, at most once a minute; only sources of which something changed.',
    body: z.strictObject({
      openedAt: at.describe('when the server started, ms: the totals are counted from then'),
      sources: z
        .array(
          z.strictObject({
            source,
            heardAt: at.optional(),
            duplicates: total,
            refused: total,
            masked: total,
            fixes: total,
          }),
        )
        .min(1)
        .max(sourcesPerCount)
        .describe(
          'of each `source` its last word (`heardAt`, ms) and its totals: `duplicates`, `refused`, `masked`, `fixes`',
        ),
      cause,
    }),
    visible: nothing,
    example: {
      openedAt: 1_795_392_000_000,
      sources: [
        {
          source: 'cad',
          heardAt: 1_795_392_055_000,
          duplicates: 2,
          refused: 0,
          masked: 0,
          fixes: 0,
        },
      ],
      cause: 'tick',
    },
  },
  'feed.faultRaised': {
    version: 1,
    says: 'Something was found wrong with a source.',
    body: z.strictObject({
      source,
      fault,
      since: at.describe('when it began, ms; of a silent source, when it was last heard'),
      limitMs: z.int().min(0).optional().describe('silence or lag that it may have'),
      lagMs: z.int().min(0).optional().describe('late: how long its events take, median'),
      lines: total.optional().describe('of so many lines in the last ten minutes'),
      count: total.optional().describe('so many were doubled, refused or ahead of time'),
      cause,
    }),
    visible: nothing,
    example: {
      source: 'cad',
      fault: 'silent',
      since: 1_795_392_055_000,
      limitMs: 15_000,
      cause: 'tick',
    },
  },
  'feed.faultCleared': {
    version: 1,
    says: 'What was wrong with a source is over.',
    body: z.strictObject({ source, fault, cause }),
    visible: nothing,
    example: { source: 'cad', fault: 'silent', cause: 'tick' },
  },
} as const satisfies EventDefinitions

/** Bodies by event type. */
export type FeedBodies = {
  [Type in keyof typeof feedEvents]: z.infer<(typeof feedEvents)[Type]['body']>
}
/** What one source has in a count. */
export type CountedSource = FeedBodies['feed.counted']['sources'][number]
