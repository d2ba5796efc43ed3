import { z } from 'zod'
import { code, type EventDefinitions } from '#protocol/definition.ts'
import { statuses } from './patrols.codes.ts'

const unit = code().describe('the unit, as it also signs its positions')
const segment = code(16).describe('code of a border segment, see segments.codes.ts')
const cause = z.string().min(1).max(200).describe('the event that led to it, or `tick`')
const at = z.int().min(0)

const ofUnit = z.strictObject({ unit })
const noticed = z.strictObject({ unit, cause })

const example = { unit: 'BD-07-A1' }

/** What units and their stations say. */
const said = {
  'patrol.started': {
    version: 1,
    says: 'A unit went on duty: from now until `patrol.ended` it is on the roster. Sent again, the later start counts.',
    body: z.strictObject({
      unit,
      callSign: code().describe('how it is called on the radio and on the wall'),
      post: code().optional().describe('the post that it mans'),
      segment: segment.optional(),
      dueAt: at.optional().describe('when it is due back, ms'),
    }),
    visible: {},
    example: { unit: 'BD-07-A1', callSign: 'BD-07-A1', segment: 'BD-07', dueAt: 1_795_392_000_000 },
  },
  'patrol.ended': {
    version: 1,
    says: 'A unit went off duty.',
    body: ofUnit,
    visible: {},
    example,
  },
  'patrol.statusChanged': {
    version: 1,
    says: 'A unit on duty said what it is doing.',
    body: z.strictObject({ unit, status: z.enum(statuses).describe('see patrols.codes.ts') }),
    visible: {},
    example: { ...example, status: 'patrolling' },
  },
  'patrol.rollCalled': {
    version: 1,
    says: 'A unit on duty was called by the centre.',
    body: z.strictObject({ unit, answered: z.boolean().describe('whether it answered') }),
    visible: {},
    example: { ...example, answered: true },
  },
} as const satisfies EventDefinitions

/** What nobody sends: the server notices it. */
const found = {
  'patrol.fixLost': {
    version: 1,
    says: 'The positions of a unit on duty stopped coming, or never came.',
    body: noticed,
    visible: {},
    example: { ...example, cause: 'tick' },
  },
  'patrol.fixRegained': {
    version: 1,
    says: 'The positions of a unit on duty came again.',
    body: noticed,
    visible: {},
    example: { ...example, cause: 'tick' },
  },
  'patrol.fellSilent': {
    version: 1,
    says: 'A unit on duty was no longer heard in any way: no position, no status, no answer.',
    body: noticed,
    visible: {},
    example: { ...example, cause: 'tick' },
  },
  'patrol.heardAgain': {
    version: 1,
    says: 'A silent unit was heard again.',
    body: noticed,
    visible: {},
    example: { ...example, cause: 'tick' },
  },
  'patrol.fellOverdue': {
    version: 1,
    says: 'A unit was due back and had not ended its duty.',
    body: z.strictObject({ unit, dueAt: at.describe('when it was due back, ms'), cause }),
    visible: {},
    example: { ...example, dueAt: 1_795_392_000_000, cause: 'tick' },
  },
  'patrol.unrosteredSeen': {
    version: 1,
    says: 'A unit that is not on the roster sent positions. Once a day for each.',
    body: noticed,
    visible: {},
    example: { unit: 'TMP-01', cause: 'tick' },
  },
  'patrol.checkpointPassed': {
    version: 1,
    says: 'A unit on duty came by a checkpoint of a border segment.',
    body: z.strictObject({
      unit,
      segment,
      checkpoint: z.int().min(1).max(3).describe('counted along the segment'),
      cause,
    }),
    visible: {},
    example: { ...example, segment: 'BD-07', checkpoint: 1, cause: 'tick' },
  },
  'patrol.segmentPatrolled': {
    version: 1,
    says: 'A border segment was patrolled from end to end.',
    body: z.strictObject({ segment, cause }),
    visible: {},
    example: { segment: 'BD-07', cause: 'tick' },
  },
} as const satisfies EventDefinitions

export const patrolEvents = { ...said, ...found } as const satisfies EventDefinitions

/** Bodies by event type, as the door accepts them. */
export type PatrolBodies = {
  [Type in keyof typeof patrolEvents]: z.infer<(typeof patrolEvents)[Type]['body']>
}
/** The types that units and stations send; the others are the server's own. */
export type SaidType = keyof typeof said
