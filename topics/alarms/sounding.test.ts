import { expect, it } from 'vitest'
import { createDesk, minuteMs, reportOf, secondMs } from './alarms.fixture.ts'
import { soundingOf } from './sounding.ts'

const withBoth = () => {
  const desk = createDesk()
  desk.tell('incident.reported', reportOf('2', 2))
  desk.pass(5 * minuteMs)
  desk.tell('incident.reported', reportOf('1', 1))
  desk.pass(secondMs)
  return desk
}
const sounds = (desk: ReturnType<typeof createDesk>, faultSince: number | null = null) =>
  soundingOf(desk.state, faultSince)
const acknowledge = (desk: ReturnType<typeof createDesk>, priority: number) =>
  desk.command('acknowledge', {
    alarm: desk.open.find((one) => one.priority === priority)!.alarm,
  })

it('one tone at a time, the gravest, until somebody has taken it on', () => {
  const desk = withBoth()
  expect(sounds(desk, desk.now)).toBe('p1')
  acknowledge(desk, 1)
  expect(sounds(desk, desk.now)).toBe('system')
  expect(sounds(desk)).toBe('p2')
  acknowledge(desk, 2)
  expect(sounds(desk)).toBeNull()
})

it('silenced is not acknowledged, and what is told after it sounds', () => {
  const desk = withBoth()
  desk.command('silence')
  expect(sounds(desk)).toBeNull()
  expect(desk.open.every(({ ackedAt }) => ackedAt === 0)).toBe(true)
  desk.tell('incident.reported', reportOf('3', 1))
  desk.pass(secondMs)
  expect(sounds(desk)).toBe('p1')
})

it('what nobody takes on sounds again when it is told again', () => {
  const desk = withBoth()
  desk.command('silence')
  desk.pass(2 * minuteMs)
  expect(sounds(desk)).toBeNull()
  desk.pass(2 * minuteMs)
  expect(sounds(desk)).toBe('p1')
})

it('priority 3, the shelf and what stands under another are silent', () => {
  const desk = createDesk()
  desk.tell('patrol.unrosteredSeen', { unit: 'TMP-1', cause: 'tick' })
  desk.pass(secondMs)
  expect(desk.open).toHaveLength(1)
  expect(sounds(desk)).toBeNull()
  desk.tell('incident.reported', reportOf('2', 2))
  desk.pass(5 * minuteMs)
  const { alarm } = desk.open.find(({ priority }) => priority === 2)!
  expect(sounds(desk)).toBe('p2')
  desk.command('shelve', { alarm, reason: 'exercise' })
  expect(sounds(desk)).toBeNull()
})
