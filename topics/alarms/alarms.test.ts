import { describe, expect, it } from 'vitest'
import { standingOf } from './alarm.ts'
import { shelfAtMostMs, shelfMs } from './alarms.codes.ts'
import { alarmCommands } from './alarms.commands.ts'
import { createDesk, minuteMs, reportOf, secondMs } from './alarms.fixture.ts'
import { isFlood } from './load.ts'

const states = (desk: ReturnType<typeof createDesk>) => desk.open.map(standingOf)
const went = (unit: string) => ({ unit, callSign: unit, segment: 'BD-07' })

describe('a level-1 incident', () => {
  const grave = () => {
    const desk = createDesk()
    desk.tell('incident.reported', reportOf('1', 1))
    desk.pass(secondMs)
    return desk
  }

  it('is an alarm of priority 1 within a second, with place, response and owner', () => {
    const desk = grave()
    expect(desk.of('raised')).toHaveLength(1)
    expect(desk.of('raised')[0]!.body).toMatchObject({
      rule: 'incident-grave',
      priority: 1,
      division: '532823105',
      response: 'incident-grave',
      owner: 'duty-chief',
      shown: { of: 'incident', category: 'traffic', division: '532823' },
    })
  })

  it('acknowledged is not over, and over is not acknowledged', () => {
    const desk = grave()
    desk.command('acknowledge', { alarm: desk.open[0]!.alarm })
    expect(states(desk)).toEqual(['acknowledged'])
    desk.tell('incident.dispatched', { incident: '1', units: ['a'] })
    desk.pass(30 * minuteMs)
    expect(states(desk)).toEqual(['acknowledged'])
    desk.tell('incident.closed', { incident: '1', outcome: '' })
    desk.pass(minuteMs)
    expect(states(desk)).toEqual([])

    const other = grave()
    other.tell('incident.merged', { incident: '1', into: '0' })
    other.pass(minuteMs)
    expect(states(other)).toEqual(['returned'])
    other.command('acknowledge', { alarm: other.open[0]!.alarm })
    expect(states(other)).toEqual([])
  })

  it('is over when it is made less grave', () => {
    const desk = grave()
    desk.tell('incident.reported', reportOf('1', 3))
    desk.pass(minuteMs)
    expect(states(desk)).toEqual(['returned'])
  })

  it('is told again, and wants a hand again, when nobody was sent in three minutes', () => {
    const desk = grave()
    desk.command('acknowledge', { alarm: desk.open[0]!.alarm })
    desk.pass(3 * minuteMs)
    expect(desk.of('reannounced').map(({ body }) => body.reason)).toEqual(['not-dispatched'])
    expect(desk.of('raised')).toHaveLength(1)
    expect(states(desk)).toEqual(['unacknowledged'])
  })

  it('is told again while nobody takes it on, less and less often, also after a restart', () => {
    const desk = grave()
    desk.tell('incident.dispatched', { incident: '1', units: ['a'] })
    desk.pass(4 * minuteMs)
    desk.restart()
    desk.pass(26 * minuteMs)
    const minutes = desk
      .of('reannounced')
      .map(({ at }) => Math.round((at - desk.journal[0]!.at) / minuteMs))
    expect(minutes).toEqual([3, 9, 21])
  })

  it('raises nothing out of history while it is told, nor of what is long over', () => {
    const desk = createDesk()
    const back = { agoMs: 60 * minuteMs, flags: ['backfill' as const] }
    desk.tell('incident.reported', reportOf('old', 1), back)
    desk.tell('incident.reported', reportOf('still', 1), back)
    desk.pass(30 * secondMs)
    desk.tell('incident.closed', { incident: 'old', outcome: '' }, { ...back, agoMs: minuteMs })
    desk.tell('incident.reported', reportOf('live', 1))
    desk.pass(2 * secondMs)
    expect(desk.of('raised').map(({ body }) => body.subject)).toEqual(['live'])
    desk.pass(2 * minuteMs)
    expect(desk.of('raised').map(({ body }) => body.subject)).toEqual(['live', 'still'])
  })
})

describe('delays and dead bands', () => {
  it('an emergency that comes and goes each second for five minutes is one alarm', () => {
    const desk = createDesk()
    desk.tell('patrol.started', went('U-1'))
    for (let n = 0; n < 300; n++) {
      desk.tell('patrol.statusChanged', {
        unit: 'U-1',
        status: n % 2 === 0 ? 'emergency' : 'onCall',
      })
      desk.pass(secondMs)
    }
    expect(desk.of('cleared')).toHaveLength(0)
    expect(desk.of('raised')).toHaveLength(1)
    desk.pass(2 * minuteMs)
    expect(states(desk)).toEqual(['returned'])
  })

  it('what is over and begins again before anybody saw it is the same alarm', () => {
    const desk = createDesk()
    desk.tell('patrol.started', went('U-1'))
    for (const status of ['emergency', 'onCall', 'emergency']) {
      desk.tell('patrol.statusChanged', { unit: 'U-1', status })
      desk.pass(2 * minuteMs)
    }
    expect(desk.of('raised')).toHaveLength(1)
    expect(desk.of('reannounced').map(({ body }) => body.reason)).toContain('returned')
    expect(states(desk)).toEqual(['unacknowledged'])
  })

  it('a level-2 incident asks for nobody before five minutes', () => {
    const desk = createDesk()
    desk.tell('incident.reported', reportOf('2', 2))
    desk.pass(5 * minuteMs - secondMs)
    expect(desk.of('raised')).toHaveLength(0)
    desk.pass(secondMs)
    expect(desk.of('raised')[0]!.body).toMatchObject({ rule: 'incident-waiting', priority: 2 })
    desk.tell('incident.dispatched', { incident: '2', units: ['a'] })
    desk.pass(minuteMs)
    expect(states(desk)).toEqual(['returned'])
  })

  it('a unit that is not heard is one alarm at a time: first it is called, then looked for', () => {
    const desk = createDesk()
    desk.tell('patrol.started', went('U-1'), { agoMs: secondMs })
    desk.tell('patrol.fellSilent', { unit: 'U-1', cause: 'tick' })
    const rules = () => desk.open.map(({ told }) => told!.rule)
    desk.pass(11 * minuteMs)
    expect(rules()).toEqual(['unit-silent'])
    desk.pass(30 * minuteMs)
    expect(rules()).toEqual(['unit-missing'])
  })
})

describe('many at once', () => {
  it('500 reports of one cause within a minute are one alarm, and all in the journal', () => {
    const desk = createDesk()
    for (let n = 0; n < 500; n++) {
      const body = {
        cell: '532801003-017',
        event: `E-${n}`,
        kind: 'dispute',
        from: 'grid',
        to: 'village',
      }
      desk.tell('cell.escalated', body)
      if (n % 8 === 0) desk.pass(secondMs)
    }
    desk.pass(minuteMs)
    expect(desk.of('raised').map(({ body }) => body.rule)).toEqual(['matter-storm'])
    expect(desk.journal.filter(({ type }) => type === 'cell.escalated')).toHaveLength(500)
  })

  const missing = (count: number, source = 'test') => {
    const desk = createDesk()
    for (let n = 0; n < count; n++) {
      desk.tell('patrol.started', went(`U-${n}`), { agoMs: secondMs, source })
      desk.tell('patrol.fellSilent', { unit: `U-${n}`, cause: 'tick' }, { source: 'wanglou' })
    }
    return desk
  }

  it('in a flood at most ten are told, the first of them leads, and each of priority 1 stands alone', () => {
    const desk = missing(200)
    desk.pass(10 * minuteMs + secondMs)
    for (let n = 0; n < 15; n++) desk.tell('incident.reported', reportOf(`G-${n}`, 1))
    desk.pass(5 * secondMs)
    const raised = desk.of('raised')
    expect(raised).toHaveLength(215)
    const told = raised.filter(({ body }) => body.parent === undefined)
    expect(told.filter(({ body }) => body.priority !== 1).length).toBeLessThanOrEqual(10)
    expect(told.filter(({ body }) => body.priority === 1)).toHaveLength(15)
    const [first] = raised
    expect(new Set(raised.map(({ body }) => body.parent ?? first!.body.alarm))).toContain(
      first!.body.alarm,
    )
    expect(isFlood(desk.state.load)).toBe(true)
    expect(desk.of('floodBegan')).toHaveLength(1)
  })

  it('the flood is over with fewer than five in ten minutes', () => {
    const desk = missing(30)
    desk.pass(11 * minuteMs)
    expect(isFlood(desk.state.load)).toBe(true)
    desk.pass(11 * minuteMs)
    expect(isFlood(desk.state.load)).toBe(false)
  })

  it('units of a silent source stand under its alarm, and come out when it is over', () => {
    const desk = missing(3, 'radio')
    const fault = { source: 'radio', fault: 'silent', since: desk.now, cause: 'tick' }
    desk.tell('feed.faultRaised', fault)
    desk.pass(10 * minuteMs + secondMs)
    const [head, ...under] = desk.of('raised').map(({ body }) => body)
    expect(head!.rule).toBe('source-silent')
    expect(under.map(({ parent }) => parent)).toEqual([head!.alarm, head!.alarm, head!.alarm])
    expect(states(desk).filter((each) => each === 'suppressed')).toHaveLength(3)
    desk.tell('feed.faultCleared', { source: 'radio', fault: 'silent', cause: 'tick' })
    desk.tell('patrol.heardAgain', { unit: 'U-0', cause: 'tick' })
    desk.pass(5 * minuteMs)
    expect(desk.of('released')).toHaveLength(2)
    expect(states(desk).sort()).toEqual(['returned', 'unacknowledged', 'unacknowledged'])
  })

  it('of many sources of a unit each speaks for it, and the first eight of others are named', () => {
    const desk = missing(1, 's-1')
    const status = { unit: 'U-0', status: 'patrolling' }
    for (let n = 2; n <= 9; n++) {
      desk.tell('patrol.statusChanged', status, { agoMs: secondMs, source: `s-${n}` })
    }
    const fault = { source: 's-9', fault: 'silent', since: desk.now, cause: 'tick' }
    desk.tell('feed.faultRaised', fault)
    desk.pass(10 * minuteMs + secondMs)
    const [head, unit] = desk.of('raised').map(({ body }) => body)
    expect(unit).toMatchObject({ rule: 'unit-silent', parent: head!.alarm })
    expect(unit!.sources).toEqual(Array.from({ length: 8 }, (_, n) => `s-${n + 1}`))
  })
})

describe('a shelf', () => {
  const waiting = () => {
    const desk = createDesk()
    desk.tell('incident.reported', reportOf('2', 2))
    desk.pass(5 * minuteMs)
    return { desk, alarm: desk.open[0]!.alarm }
  }
  const shelve = { reason: 'known-work' }

  it('lasts half an hour, and gives the alarm back by itself', () => {
    const { desk, alarm } = waiting()
    desk.command('shelve', { alarm, ...shelve })
    expect(states(desk)).toEqual(['shelved'])
    desk.pass(shelfMs - secondMs)
    expect(states(desk)).toEqual(['shelved'])
    desk.pass(secondMs)
    expect(states(desk)).toEqual(['unacknowledged'])
    expect(desk.of('unshelved')[0]!.body.reason).toBe('expired')
  })

  it('asks for a reason, and for no more than a shift', () => {
    const { body } = alarmCommands['alarm.shelve']
    expect(body.safeParse({ alarm: 'a' }).success).toBe(false)
    expect(body.safeParse({ alarm: 'a', reason: 'tired' }).success).toBe(false)
    expect(body.safeParse({ alarm: 'a', ...shelve, forMs: shelfAtMostMs }).success).toBe(true)
    expect(body.safeParse({ alarm: 'a', ...shelve, forMs: shelfAtMostMs + 1 }).success).toBe(false)
  })

  it('is not for wall devices, nor for priority 1, nor twice', () => {
    const { desk, alarm } = waiting()
    expect(desk.command('shelve', { alarm, ...shelve }, 'screen')).toMatchObject({
      refused: { isForbidden: true },
    })
    desk.command('shelve', { alarm, ...shelve })
    expect(desk.command('shelve', { alarm, ...shelve })).toMatchObject({ refused: {} })
    desk.tell('incident.reported', reportOf('1', 1))
    desk.pass(secondMs)
    const grave = desk.open.find(({ priority }) => priority === 1)!
    expect(desk.command('shelve', { alarm: grave.alarm, ...shelve })).toMatchObject({
      refused: { rule: 'an alarm of priority 1 cannot be shelved' },
    })
    expect(desk.of('shelved')).toHaveLength(1)
  })
})

it('says every ten minutes that the rules are watched', () => {
  const desk = createDesk()
  desk.pass(31 * minuteMs)
  expect(desk.of('watched')).toHaveLength(4)
})

it('takes the word of the server alone', () => {
  const desk = createDesk()
  desk.tell('incident.reported', reportOf('1', 1))
  desk.pass(secondMs)
  const { alarm } = desk.open[0]!
  desk.tell('alarm.acknowledged', { alarm, actor: { kind: 'operator', name: 'x' }, command: 'd' })
  expect(states(desk)).toEqual(['unacknowledged'])
})

describe('a screen that shows what it showed', () => {
  it('is an alarm at once, and over some seconds after it draws again', () => {
    const desk = createDesk()
    desk.freeze({ screen: 'hall-1', since: desk.now })
    desk.pass(secondMs)
    expect(desk.of('raised')[0]!.body).toMatchObject({
      rule: 'screen-frozen',
      priority: 2,
      of: 'screen',
      subject: 'hall-1',
      owner: 'keeper',
    })
    desk.pass(30 * secondMs)
    expect(desk.of('raised')).toHaveLength(1)
    desk.freeze()
    desk.pass(30 * secondMs)
    expect(states(desk)).toEqual(['returned'])
  })

  it('tells nothing of itself to visitors', () => {
    const desk = createDesk()
    desk.freeze({ screen: 'hall-1', since: desk.now })
    desk.pass(secondMs)
    expect(desk.of('raised')[0]!.body).not.toHaveProperty('shown')
  })
})
