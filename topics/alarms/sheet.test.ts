import { expect, it } from 'vitest'
import { createDesk, minuteMs, reportOf } from './alarms.fixture.ts'
import { sheetRows } from './alarms.rows.ts'
import { firstChoice, offersOf, stepChoice } from './sheet.ts'

/** One of priority 1, two of priority 3, as a desk has them. */
const threeAlarms = () => {
  const desk = createDesk()
  for (const unit of ['a', 'b'])
    desk.tell('patrol.unrosteredSeen', { unit, source: 'test', lon: 100, lat: 22 })
  desk.pass(minuteMs)
  desk.tell('incident.reported', reportOf('JQ0001', 1))
  desk.pass(minuteMs)
  const rows = () => sheetRows(desk.state)
  const offers = () => rows().map((row) => offersOf(row).join(' '))
  return { desk, rows, offers }
}

it('offers what the server then does, and nothing that it refuses', () => {
  const { desk, rows } = threeAlarms()
  expect(rows().map(({ priority }) => priority)).toEqual([1, 3, 3])
  const all = ['acknowledge', 'shelve', 'unshelve'] as const
  const bodyOf = (offer: string) => (offer === 'shelve' ? { reason: 'exercise' } : {})
  // each alarm in each state that it comes to; a desk tries what is not offered first
  for (let round = 0; round < 6; round++) {
    for (const row of rows()) {
      const offered = offersOf(row)
      for (const offer of all.filter((each) => !offered.includes(each))) {
        const decision = desk.command(offer, { alarm: row.alarm, ...bodyOf(offer) })
        expect([row.standing, offer, 'refused' in decision]).toEqual([row.standing, offer, true])
      }
      const next = offered[round % Math.max(1, offered.length)]
      if (!next) continue
      const decision = desk.command(next, { alarm: row.alarm, ...bodyOf(next) })
      expect([row.standing, next, 'events' in decision]).toEqual([row.standing, next, true])
    }
  }
})

it('no row moves when somebody answers, and what is shelved stands last', () => {
  const { desk, rows } = threeAlarms()
  const names = rows().map(({ alarm }) => alarm)
  for (const alarm of names) {
    desk.command('acknowledge', { alarm })
    expect(rows().map((row) => row.alarm)).toEqual(names)
  }
  desk.command('shelve', { alarm: names[1]!, reason: 'exercise' })
  expect(rows().map((row) => row.alarm)).toEqual([names[0], names[2], names[1]])
})

it('begins with what most needs somebody', () => {
  const { desk, rows } = threeAlarms()
  const [grave, first, second] = rows().map(({ alarm }) => alarm)
  expect(firstChoice(rows())).toBe(grave)
  desk.command('acknowledge', { alarm: grave! })
  expect(firstChoice(rows())).toBe(first)
  desk.command('acknowledge', { alarm: first! })
  desk.command('acknowledge', { alarm: second! })
  expect(firstChoice(rows())).toBe(grave)
  expect(firstChoice([])).toBeNull()
})

it('steps from one to the next and no further, and never onto another by itself', () => {
  const { rows } = threeAlarms()
  const [grave, first, second] = rows().map(({ alarm }) => alarm)
  expect(stepChoice(rows(), grave!, 1)).toBe(first)
  expect(stepChoice(rows(), second!, 1)).toBe(second)
  expect(stepChoice(rows(), grave!, -1)).toBe(grave)
  expect(stepChoice(rows(), 'gone', 1)).toBe(grave)
  expect(stepChoice([], 'gone', 1)).toBeNull()
})
