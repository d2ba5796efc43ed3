import { z } from 'zod'
import { code, type EventDefinitions, freeText, latitude, longitude } from '#protocol/definition.ts'
import { categories } from './incidents.codes.ts'

const incident = code().describe('number of the incident')
const unit = code().describe('call sign of a unit')
const units = z.array(code()).min(1).max(100).describe('call signs')

const ofIncident = z.strictObject({ incident })
const ofUnit = z.strictObject({ incident, unit })
const ofUnits = z.strictObject({ incident, units })

/** Visitors see that it happened and where roughly, never a unit, a place or a word of text. */
const visible = { visitor: ['incident'] }
const example = { incident: '0417' }
const unitExample = { incident: '0417', unit: 'JH-12' }

/**
 * What another system reports about an incident has happened: it is kept even out of order.
 * Terms: `incident-categories.json`, life cycle and side paths.
 */
export const incidentEvents = {
  'incident.reported': {
    version: 1,
    says: 'A call was taken. Sent again for the same incident, the later report corrects the earlier.',
    body: z.strictObject({
      incident,
      category: z.enum(categories).describe('see incidents.codes.ts'),
      level: z.int().min(1).max(4).describe('1 is the gravest; a configuration of the centre'),
      lon: longitude.describe('degrees'),
      lat: latitude.describe('degrees'),
      division: z
        .string()
        .regex(/^5328\d{2}(\d{3})?$/, 'a division code of the prefecture')
        .describe('county (6) or township (9 digits)'),
      summary: freeText().describe('what happened, without any person'),
    }),
    visible: { visitor: ['incident', 'category', 'level', 'division'] },
    example: {
      incident: '0417',
      category: 'disaster-accident',
      level: 1,
      lon: 101.6826,
      lat: 21.1867,
      division: '532823105',
      summary: '货车侧翻，占用南向车道',
    },
  },
  'incident.dispatched': {
    version: 1,
    says: 'Units were sent.',
    body: ofUnits,
    visible,
    example: { incident: '0417', units: ['JH-12', 'ML-03'] },
  },
  'incident.reinforced': {
    version: 1,
    says: 'More units were sent.',
    body: ofUnits,
    visible,
    example: { incident: '0417', units: ['ML-07'] },
  },
  'incident.reassigned': {
    version: 1,
    says: 'The work went from one unit to another.',
    body: z.strictObject({ incident, from: code(), to: code() }),
    visible,
    example: { incident: '0417', from: 'JH-12', to: 'ML-03' },
  },
  'incident.acknowledged': {
    version: 1,
    says: 'A unit signed for the order.',
    body: ofUnit,
    visible,
    example: unitExample,
  },
  'incident.enRoute': {
    version: 1,
    says: 'A unit set out.',
    body: ofUnit,
    visible,
    example: unitExample,
  },
  'incident.onScene': {
    version: 1,
    says: 'A unit arrived.',
    body: ofUnit,
    visible,
    example: unitExample,
  },
  'incident.unitCleared': {
    version: 1,
    says: 'A unit left the scene and is free again.',
    body: ofUnit,
    visible,
    example: unitExample,
  },
  'incident.handled': {
    version: 1,
    says: 'The matter was dealt with on the spot.',
    body: ofIncident,
    visible,
    example,
  },
  'incident.fedBack': {
    version: 1,
    says: 'The result was reported back to the centre.',
    body: ofIncident,
    visible,
    example,
  },
  'incident.closed': {
    version: 1,
    says: 'The incident was closed and filed.',
    body: z.strictObject({
      incident,
      outcome: freeText(100).describe('the result, without any person'),
    }),
    visible,
    example: { incident: '0417', outcome: '已处置' },
  },
  'incident.reopened': {
    version: 1,
    says: 'A closed incident was taken up again.',
    body: ofIncident,
    visible,
    example,
  },
  'incident.passedTo12345': {
    version: 1,
    says: 'Not police work: passed to the 12345 line.',
    body: ofIncident,
    visible,
    example,
  },
  'incident.falseReport': {
    version: 1,
    says: 'There was nothing.',
    body: ofIncident,
    visible,
    example,
  },
  'incident.transferred': {
    version: 1,
    says: 'Handed over to another organ.',
    body: z.strictObject({ incident, to: code().describe('the organ') }),
    visible,
    example: { incident: '0417', to: '交通运输局' },
  },
  'incident.merged': {
    version: 1,
    says: 'A second report of an incident that is already known.',
    body: z.strictObject({ incident, into: code().describe('the incident that goes on') }),
    visible: { visitor: ['incident', 'into'] },
    example: { incident: '0418', into: '0417' },
  },
} as const satisfies EventDefinitions

/** Bodies by event type, as the door accepts them. */
export type IncidentBodies = {
  [Type in keyof typeof incidentEvents]: z.infer<(typeof incidentEvents)[Type]['body']>
}
