import { expect, it } from 'vitest'
import { createDesk, minuteMs, reportOf } from './alarms.fixture.ts'
import { listRows, zoneRows } from './alarms.rows.ts'
import { alarms } from './alarms.ts'

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

it('says whose word it rests on, and its own where it noticed by itself', () => {
  const desk = createDesk()
  desk.tell('incident.reported', reportOf('JQ0001', 1), { source: 'cad-110' })
  desk.tell('incident.reported', reportOf('JQ0001', 1), { source: 'cad-122' })
  desk.freeze({ screen: 'hall-1', since: desk.now })
  desk.pass(minuteMs)
  const [grave] = zoneRows(desk.state)
  expect(grave!.sources).toEqual(['cad-110', 'cad-122'])
  expect(listRows(desk.state).map(({ sources }) => sources)).toEqual([['wanglou']])
  const { openP1 } = alarms.figures
  expect(openP1!(desk.state, desk.now).provenance.sources).toEqual([
    ...['cad-110', 'cad-122', 'wanglou'],
  ])
  // who told is no visitor's
  const theirs = alarms.redact(desk.state, 'visitor')
  expect(zoneRows(theirs).map(({ sources }) => sources)).toEqual([['wanglou']])
})

it('told again, a row still names the event that raised it, and the figure the newest', () => {
  const desk = createDesk()
  desk.tell('incident.reported', reportOf('JQ0001', 1), { source: 'cad-110' })
  desk.pass(4 * minuteMs)
  const again = desk.of('reannounced').at(-1)!
  const [raised] = desk.of('raised')
  const [grave] = zoneRows(desk.state)
  expect(grave).toMatchObject({ sources: ['cad-110'], newest: { id: raised!.id } })
  const { sources, newest } = alarms.figures.openP1!(desk.state, desk.now).provenance
  expect([sources, newest!.id]).toEqual([['cad-110', 'wanglou'], again.id])
})

it('of what others told and it noticed itself, it names the others', () => {
  const desk = createDesk()
  const went = { unit: 'U-1', callSign: 'U-1', category: 'car' }
  desk.tell('patrol.started', went, { agoMs: 1000, source: 'duty' })
  desk.tell('patrol.fellSilent', { unit: 'U-1', cause: 'tick' }, { source: 'wanglou' })
  desk.pass(11 * minuteMs)
  expect(listRows(desk.state).map(({ sources }) => sources)).toEqual([['duty']])
})
