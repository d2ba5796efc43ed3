import { z } from 'zod'
import type { CommandDefinitions } from '#protocol/command.ts'
import { code, freeText } from '#protocol/definition.ts'
import { shelfAtMostMs, shelfReasons } from './alarms.codes.ts'

const alarm = code(32)

/** What people may do to alarms. `alarms.decide.ts` says when. */
export const alarmCommands = {
  'alarm.acknowledge': {
    says: 'Takes an alarm on: somebody has seen it and does what it asks for.',
    body: z.strictObject({ alarm }),
    example: { alarm: '2k7xq0r4m1a' },
  },
  'alarm.silence': {
    says: 'Silences what sounds now; acknowledges nothing.',
    body: z.strictObject({}),
    example: {},
  },
  'alarm.shelve': {
    says: 'Takes an alarm of priority 2 or 3 off the list for a time, 30 minutes unless `forMs` says how long.',
    body: z.strictObject({
      alarm,
      reason: z.enum(shelfReasons),
      text: freeText(80).optional(),
      forMs: z.int().min(60_000).max(shelfAtMostMs, 'one shift at most: 28800000').optional(),
    }),
    example: { alarm: '1b5d9s2k4zz', reason: 'known-work', forMs: 1_800_000 },
  },
  'alarm.unshelve': {
    says: 'Brings an alarm back from the shelf.',
    body: z.strictObject({ alarm }),
    example: { alarm: '1b5d9s2k4zz' },
  },
} as const satisfies CommandDefinitions
