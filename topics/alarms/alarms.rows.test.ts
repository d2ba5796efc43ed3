import { expect, it } from 'vitest'
import { createDesk, minuteMs, reportOf } from './alarms.fixture.ts'
import { zoneRows } from './alarms.rows.ts'

const twoGrave = () => {
  const desk = createDesk()
  desk.tell('incident.reported', reportOf('JQ0001', 1))
  desk.pass(minuteMs)
  desk.tell('incident.reported', reportOf('JQ0002', 1))
  desk.pass(minuteMs)
  const subjects = () => zoneRows(desk.state).map(({ subject }) => subject)
  return { desk, subjects }
}

it('the one that waited longest for somebody stays first while others come', () => {
  const { desk, subjects } = twoGrave()
  expect(subjects()).toEqual(['0001', '0002'])
  desk.tell('incident.reported', reportOf('JQ0003', 1))
  desk.pass(minuteMs)
  expect(subjects()[0]).toBe('0001')
})

it('once somebody has it, the next one comes first', () => {
  const { desk, subjects } = twoGrave()
  desk.command('acknowledge', { alarm: zoneRows(desk.state)[0]!.alarm })
  expect(subjects()).toEqual(['0002', '0001'])
})

it('one that is over waits behind those that go on', () => {
  const { desk, subjects } = twoGrave()
  desk.tell('incident.closed', { incident: 'JQ0001' })
  desk.pass(2 * minuteMs)
  expect(zoneRows(desk.state).map(({ standing }) => standing)).toContain('returned')
  expect(subjects()[0]).toBe('0002')
})
