import { beforeEach, describe, expect, it } from 'vitest'
import { alarmScenes } from '#topics/alarms/alarms.scenes.ts'
import { type OpenApp, openApp, token } from '../open-app.fixture.ts'

let app: OpenApp['app']
let disk: OpenApp['disk']
const raised = alarmScenes.busy.filter(({ type }) => type === 'alarm.raised').slice(-6)
const alarmOf = (priority: number) =>
  raised.find(({ body }) => body.priority === priority)!.body.alarm as string

beforeEach(async () => {
  const opened = await openApp()
  const { core } = opened
  ;({ app, disk } = opened)
  await core.journal.append(
    raised.map(({ seq: _, ...event }) => ({ ...event, body: { ...event.body, v: 1 } })),
  )
  return () => core.close()
})

const actor = { kind: 'operator', name: 'desk-2' }
const give = async (command: unknown, authorization = token) => {
  const response = await app.request('/api/commands', {
    method: 'POST',
    body: typeof command === 'string' ? command : JSON.stringify(command),
    headers: { host: 'localhost:8080', authorization },
  })
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> }
}
const acknowledge = (over = {}) => ({
  id: 'c-1',
  type: 'alarm.acknowledge',
  actor,
  body: { alarm: alarmOf(1) },
  ...over,
})

it('says what it did', async () => {
  const { status, answer } = await give(acknowledge())
  expect([status, answer.id]).toEqual([200, 'c-1'])
  expect(answer.events).toMatchObject([{ type: 'alarm.acknowledged' }])
})

it('opens to the token only', async () => {
  expect((await give(acknowledge(), 'Bearer wrong')).status).toBe(401)
  expect(disk.rows).toHaveLength(raised.length)
})

it('refuses by rule, and says which and what to do instead', async () => {
  await give(acknowledge())
  const { status, answer } = await give(acknowledge({ id: 'c-2' }))
  expect(status).toBe(409)
  expect(answer.error).toContain('already')
  expect(answer.mend).toBeTruthy()
})

it('lets no wall device shelve', async () => {
  const shelve = {
    ...acknowledge({ type: 'alarm.shelve' }),
    body: { alarm: alarmOf(2), reason: 'other' },
  }
  const { status } = await give({ ...shelve, actor: { kind: 'screen', name: 'wall-1' } })
  expect(status).toBe(403)
  expect((await give({ ...shelve, id: 'c-2' })).status).toBe(200)
})

describe('what cannot be read', () => {
  it.each([
    ['no JSON', '{', 400, null],
    ['no actor', { id: 'c', type: 'alarm.silence', body: {} }, 422, 'actor'],
    ['an unknown command', acknowledge({ type: 'alarm.explode' }), 422, 'type'],
    ['a name of every object', acknowledge({ type: 'toString' }), 422, 'type'],
    ['a field missing', acknowledge({ body: {} }), 422, 'body.alarm'],
    ['a field too many', acknowledge({ body: { alarm: 'a', x: 1 } }), 422, 'body.x'],
    ['a phone for an id', acknowledge({ id: '13800138000' }), 422, 'id'],
    [
      'a phone for a name',
      acknowledge({ actor: { kind: 'operator', name: '13800138000' } }),
      422,
      'actor.name',
    ],
  ])('%s is told by its field', async (_, command, status, field) => {
    const told = await give(command)
    expect([told.status, told.answer.field]).toEqual([status, field])
    expect(disk.rows).toHaveLength(raised.length)
  })
})

it('asks to come again while nothing can be kept', async () => {
  disk.fault = 'disk full'
  expect((await give(acknowledge())).status).toBe(503)
  disk.fault = null
  expect((await give(acknowledge())).status).toBe(200)
})
