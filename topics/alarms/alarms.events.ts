import { z } from 'zod'
import { actorKinds } from '#protocol/command.ts'
import { code, type EventDefinitions, freeText, latitude, longitude } from '#protocol/definition.ts'
import {
  againReasons,
  kinds,
  owners,
  ruleIds,
  shelfReasons,
  sourcesAtMost,
  unshelfReasons,
} from './alarms.codes.ts'

const alarm = code(32).describe('the alarm')
const cause = z.string().min(1).max(200).describe('the event that led to it, or `tick`')
const at = z.int().min(0)
const ordered = {
  actor: z
    .strictObject({ kind: z.enum(actorKinds), name: code(32) })
    .describe('who did it: `kind` of device or seat, and its `name`'),
  command: code(32).describe('digest of the command'),
}
const actor = { kind: 'operator', name: 'desk-2' } as const

/** Visitors see that an alarm of priority 1 stands, of what sort and in which county; of others nothing. */
const visible = { visitor: ['alarm'] }
const nothing = { visitor: [] }

/** The life of an alarm after ISA-18.2. The server alone makes these: by its rules, or because somebody gave a command. */
export const alarmEvents = {
  'alarm.raised': {
    version: 1,
    says: 'A rule found something that a person must answer to.',
    body: z.strictObject({
      alarm,
      rule: z.enum(ruleIds).describe('see alarms.rules.ts'),
      priority: z.int().min(1).max(3),
      of: z.enum(kinds).describe('what it is about'),
      subject: code(64).describe('its number or name'),
      since: at.describe('when what it is about began, ms'),
      response: z
        .enum(ruleIds)
        .describe('what is to be done: key of a sentence in alarms.words.ts'),
      owner: z.enum(owners).describe('the role that does it'),
      division: z
        .string()
        .regex(/^5328\d{2}(\d{3})?$/, 'a division code of the prefecture')
        .optional()
        .describe('county (6) or township (9 digits)'),
      lon: longitude.optional().describe('degrees'),
      lat: latitude.optional().describe('degrees'),
      category: code(32).optional().describe('of an incident or a grid event'),
      summary: freeText().optional().describe('of an incident, without any person'),
      sources: z
        .array(code())
        .max(sourcesAtMost)
        .optional()
        .describe('who told of what it is about; absent where the server noticed it by itself'),
      parent: alarm.optional().describe('the alarm that it stands under and is not told beside'),
      shown: z
        .strictObject({
          of: z.enum(kinds),
          category: code(32).optional(),
          division: z.string().length(6).optional(),
        })
        .optional()
        .describe('what visitors may know of it; absent where that is nothing'),
      cause,
    }),
    visible: { visitor: ['alarm', 'shown'] },
    example: {
      alarm: '2k7xq0r4m1a',
      rule: 'incident-grave',
      priority: 1,
      of: 'incident',
      subject: '0417',
      since: 1_795_392_000_000,
      response: 'incident-grave',
      owner: 'duty-chief',
      division: '532823105',
      category: 'disaster-accident',
      summary: '货车侧翻，占用南向车道',
      sources: ['cad-110'],
      shown: { of: 'incident', category: 'disaster-accident', division: '532823' },
      cause: 'tick',
    },
  },
  'alarm.reannounced': {
    version: 1,
    says: 'An alarm was told again.',
    body: z.strictObject({ alarm, reason: z.enum(againReasons), cause }),
    visible: { visitor: ['alarm', 'reason'] },
    example: { alarm: '2k7xq0r4m1a', reason: 'unacknowledged', cause: 'tick' },
  },
  'alarm.cleared': {
    version: 1,
    says: 'What an alarm was about is over: it has returned to normal, acknowledged or not.',
    body: z.strictObject({ alarm, cause }),
    visible,
    example: { alarm: '2k7xq0r4m1a', cause: 'tick' },
  },
  'alarm.released': {
    version: 1,
    says: 'The alarm above it is over: it stands for itself, or under another.',
    body: z.strictObject({ alarm, from: alarm, parent: alarm.optional(), cause }),
    visible,
    example: { alarm: '1b5d9s2k4zz', from: '2k7xq0r4m1a', cause: 'tick' },
  },
  'alarm.acknowledged': {
    version: 1,
    says: 'Somebody took an alarm on.',
    body: z.strictObject({ alarm, ...ordered }),
    visible,
    example: { alarm: '2k7xq0r4m1a', actor, command: 'd1' },
  },
  'alarm.silenced': {
    version: 1,
    says: 'Somebody silenced what sounded; nothing is acknowledged by it, and the next alarm sounds.',
    body: z.strictObject(ordered),
    visible: nothing,
    example: { actor, command: 'd1' },
  },
  'alarm.shelved': {
    version: 1,
    says: 'Somebody put an alarm on the shelf until a time.',
    body: z.strictObject({
      alarm,
      reason: z.enum(shelfReasons).describe('see alarms.codes.ts'),
      text: freeText(80).optional().describe('more of the reason, without any person'),
      until: at.describe('when it comes back by itself, ms'),
      ...ordered,
    }),
    visible,
    example: {
      alarm: '1b5d9s2k4zz',
      reason: 'known-work',
      until: 1_795_393_800_000,
      actor,
      command: 'd1',
    },
  },
  'alarm.unshelved': {
    version: 1,
    says: 'An alarm came back from the shelf.',
    body: z.strictObject({
      alarm,
      reason: z.enum(unshelfReasons),
      actor: ordered.actor.optional(),
      command: ordered.command.optional(),
      cause: cause.optional(),
    }),
    visible,
    example: { alarm: '1b5d9s2k4zz', reason: 'expired', cause: 'tick' },
  },
  'alarm.floodBegan': {
    version: 1,
    says: 'More than ten alarms in ten minutes: from here on those of priority 2 and 3 are grouped by rule and county.',
    body: z.strictObject({ cause }),
    visible: nothing,
    example: { cause: 'tick' },
  },
  'alarm.floodEnded': {
    version: 1,
    says: 'Fewer than five alarms in ten minutes: each stands for itself again.',
    body: z.strictObject({ cause }),
    visible: nothing,
    example: { cause: 'tick' },
  },
  'alarm.watched': {
    version: 1,
    says: 'The rules are being watched. Every ten minutes, so that no alarm is known from nobody watching.',
    body: z.strictObject({ rules: z.int().min(1).describe('how many'), cause }),
    visible: nothing,
    example: { rules: 11, cause: 'tick' },
  },
} as const satisfies EventDefinitions

/** Bodies by event type. */
export type AlarmBodies = {
  [Type in keyof typeof alarmEvents]: z.infer<(typeof alarmEvents)[Type]['body']>
}
