import { expect, it } from 'vitest'
import type { Body } from '#protocol/event.ts'
import type { Topic } from '#protocol/topic.ts'
import { alarmScenes } from '#topics/alarms/alarms.scenes.ts'
import { commands as definedCommands, definitions, topics } from '#topics/index.ts'
import { assemble } from '../assemble.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { realWorld as world } from '../real-world.ts'
import type { CommandAnswer, Order } from './commands.ts'

const setUp = async () => {
  const disk = newMemoryDisk(world)
  const open = (list: readonly Topic[] = topics) =>
    assemble({
      world,
      journal: openMemoryJournal(disk, world),
      topics: list,
      definitions,
      commands: definedCommands,
      simulatedSources: new Set(),
    })
  const core = await open()
  // as the rules would have raised them
  const drafts = alarmScenes.busy
    .filter(({ type }) => type === 'alarm.raised')
    .slice(-6)
    .map(({ seq: _, ...event }) => ({ ...event, body: { ...event.body, v: 1 } as Body }))
  await core.journal.append(drafts)
  const alarmOf = (priority: number) =>
    drafts.find(({ body }) => body.priority === priority)!.body.alarm as string
  return { disk, core, open, alarmOf, rows: drafts.length }
}
const orderOf = (id: string, type: string, body: Order['body'] = {}): Order => ({
  id,
  type,
  actor: { kind: 'operator', name: 'desk-2' },
  body,
})
const doneOf = (answer: CommandAnswer) => ('done' in answer ? answer.done : null)

it('is durable and folded before it is answered, and says who did it', async () => {
  const { core, disk, alarmOf, rows } = await setUp()
  const alarm = alarmOf(1)
  const answer = await core.commands.give(orderOf('c-1', 'alarm.acknowledge', { alarm }))
  expect(doneOf(answer)).toEqual({
    id: 'c-1',
    events: [{ seq: rows + 1, type: 'alarm.acknowledged', at: disk.rows.at(-1)!.at }],
  })
  expect(disk.rows.at(-1)).toMatchObject({
    id: 'command:c-1:1',
    source: 'wanglou',
    body: { alarm, actor: { kind: 'operator', name: 'desk-2' } },
  })
  const state = core.projection.states.get('alarms') as { open: Map<string, { ackedBy: string }> }
  expect(state.open.get(alarm)!.ackedBy).toBe('desk-2')
})

it('answers the same for the same id, also after a restart before the first answer was read', async () => {
  const { core, disk, open, alarmOf } = await setUp()
  const order = orderOf('c-1', 'alarm.acknowledge', { alarm: alarmOf(1) })
  const first = await core.commands.give(order)
  const kept = disk.rows.length
  expect(await core.commands.give(order)).toEqual(first)
  await core.close()
  const again = await open()
  expect(await again.commands.give(order)).toEqual(first)
  expect(disk.rows).toHaveLength(kept)
})

it('carries out one of many that ask for the same, one after another', async () => {
  const { core, disk, alarmOf, rows } = await setUp()
  const alarm = alarmOf(1)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      core.commands.give(orderOf(`c-${n}`, 'alarm.acknowledge', { alarm })),
    ),
  )
  expect(answers.filter((answer) => 'done' in answer)).toHaveLength(1)
  expect(answers.filter((answer) => 'refused' in answer)).toHaveLength(19)
  expect(disk.rows).toHaveLength(rows + 1)
})

it('does not take an id for another command', async () => {
  const { core, alarmOf } = await setUp()
  await core.commands.give(orderOf('c-1', 'alarm.acknowledge', { alarm: alarmOf(1) }))
  const other = await core.commands.give(orderOf('c-1', 'alarm.silence'))
  expect(other).toMatchObject({ refused: { mend: expect.stringContaining('id of its own') } })
})

it('keeps nothing when nothing can be kept, and carries it out when it comes again', async () => {
  const { core, disk, alarmOf } = await setUp()
  const order = orderOf('c-1', 'alarm.acknowledge', { alarm: alarmOf(1) })
  disk.fault = 'disk full'
  await expect(core.commands.give(order)).rejects.toThrow('disk full')
  disk.fault = null
  expect(doneOf(await core.commands.give(order))).not.toBeNull()
})

it('masks a number in what was written by hand', async () => {
  const { core, disk, alarmOf } = await setUp()
  const body = { alarm: alarmOf(2), reason: 'other', text: '找张某 13800138000' }
  await core.commands.give(orderOf('c-1', 'alarm.shelve', body))
  expect(disk.rows.at(-1)!.body.text).not.toContain('13800138000')
})
