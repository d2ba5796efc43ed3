import { expect, test } from 'vitest'
import { z } from 'zod'
import type { EventDefinition } from '#protocol/definition.ts'
import type { Topic } from '#protocol/topic.ts'
import { eventsPage } from './events-page.ts'

const definition: EventDefinition = {
  version: 2,
  says: 'A lamp went out.',
  body: z.strictObject({
    lamp: z
      .string()
      .regex(/^(A|B)\d$/, 'A or B and a digit')
      .describe('which one'),
    afterHours: z.int().min(0).optional().describe('hours of light'),
    rooms: z.array(z.enum(['hall', 'cellar'])).max(3),
  }),
  visible: { visitor: ['lamp'] },
  example: { lamp: 'A1', rooms: ['hall'] },
}

test('a field says its type, what it may hold, whether it must stand and who sees it', () => {
  const page = eventsPage({ 'lamp.wentOut': definition })
  expect(page).toContain('A lamp went out. (version 2)')
  expect(page).toContain(
    '| `lamp` | string | A or B and a digit `^(A\\|B)\\d$` | which one | yes | wall, shared, visitor |',
  )
  expect(page).toContain(
    '| `afterHours` | integer | at least 0 | hours of light | no | wall, shared |',
  )
  expect(page).toContain('| `rooms` | list of string | at most 3 entries; `hall`, `cellar` |')
  expect(page).toContain('"type":"lamp.wentOut"')
})

test('an event that an audience gets as figures only, or not at all, says so', () => {
  const lamps = {
    name: 'lamps',
    nouns: ['lamp'],
    servedTo: ['shared', 'visitor'],
    figures: { lit: () => {} },
  }
  const served = lamps as unknown as Topic
  const page = eventsPage({ 'lamp.wentOut': definition }, [served])
  expect(page).toContain('| which one | yes | wall (shared, visitor: figures only) |')
  const kept = { ...served, keptFrom: { visitor: ['lit'] } }
  expect(eventsPage({ 'lamp.wentOut': definition }, [kept])).toContain(
    '| which one | yes | wall (shared: figures only) |',
  )
})
