import { describe, expect, it } from 'vitest'
import { hourMs, minuteMs } from '#protocol/beijing.ts'
import type { Body, FeedEvent, Flag } from '#protocol/event.ts'
import type { Reaction } from '#protocol/topic.ts'
import type { Fix } from '#protocol/track.ts'
import { checkpoints, placeAt } from './checkpoints.ts'
import { patrolEvents } from './patrols.events.ts'
import { noFixAfterMs, overdueAfterMs, silentAfterMs, unrosteredAfterMs } from './patrols.react.ts'
import { patrols } from './patrols.ts'
import { roundPauseMs } from './rounds.ts'
import { segments } from './segments.codes.ts'

const bornMs = Date.UTC(2026, 10, 22, 2)
const tickMs = 5000

/** A server with a clock of its own: a lane that forgets at a restart, a journal that knows an id again. */
const createServer = () => {
  let state = patrols.initial()
  let lane = new Map<string, Fix>()
  let fresh = new Map<string, Fix>()
  let seq = 0
  let nowMs = bornMs
  const ids = new Set<string>()
  const made: Reaction[] = []
  const refused: Reaction[] = []
  const server = {
    now: () => nowMs,
    made,
    refused,
    typesMade: () => made.map(({ type }) => type.slice('patrol.'.length)),
    say(type: string, body: Body, at = nowMs, flags: Flag[] = []) {
      seq += 1
      const event = { seq, id: `e-${seq}`, type: `patrol.${type}`, at, body, flags }
      patrols.evolve(state, { ...event, seenAt: nowMs, source: 'test' })
    },
    fix(unit: string, lon = 100, lat = 22, behindMs = 0) {
      const seenAt = nowMs
      const fix = { unit, at: seenAt - behindMs, seenAt, lon, lat, speedKmh: null }
      const whole: Fix = { ...fix, headingDeg: null, simulated: false }
      lane.set(unit, whole)
      fresh.set(unit, whole)
    },
    send(...units: string[]) {
      for (const unit of units) server.fix(unit)
    },
    tick() {
      const fixes = [...fresh.values()]
      fresh = new Map()
      const lastFix = (unit: string) => lane.get(unit) ?? null
      const door = { openedAt: 0, listeningMs: 0, turnedAwayAt: null, tallies: [] }
      const reactions = patrols.react!(state, {
        kind: 'tick',
        now: nowMs,
        fixes,
        lastFix,
        door,
        frozen: [],
      })
      for (const reaction of reactions) {
        const { id, type, at, body } = reaction
        const whole = { ...body, cause: 'tick' }
        patrolEvents[type as keyof typeof patrolEvents].body.parse(whole)
        if (ids.has(id)) {
          refused.push(reaction)
          continue
        }
        ids.add(id)
        made.push(reaction)
        seq += 1
        const event: FeedEvent = {
          seq,
          id,
          type,
          at,
          flags: [],
          body: whole,
          seenAt: nowMs,
          source: 'wanglou',
        }
        patrols.evolve(state, event)
      }
    },
    /** Lets time pass; `each` runs before every tick. */
    pass(durationMs: number, each: () => void = () => {}, stepMs = tickMs) {
      const untilMs = nowMs + durationMs
      while (nowMs < untilMs) {
        nowMs += stepMs
        each()
        server.tick()
      }
    },
    restart() {
      state = structuredClone(state)
      lane = new Map()
      fresh = new Map()
    },
    value: (name: string) => patrols.figures[name]!(state, nowMs).value,
  }
  return server
}
const onDuty = (...units: string[]) => {
  const server = createServer()
  for (const unit of units) server.say('started', { unit, callSign: unit })
  return server
}

describe('a unit that is not heard', () => {
  it('has no fix after minutes, is silent after half an hour, and comes back', () => {
    const server = onDuty('A', 'B')
    server.pass(hourMs, () => server.send('A', 'B'))
    expect(server.made).toEqual([])
    const heardAt = server.now()

    server.pass(hourMs, () => server.fix('B'))
    expect(server.made).toMatchObject([
      { type: 'patrol.fixLost', at: heardAt + noFixAfterMs, body: { unit: 'A' } },
      { type: 'patrol.fellSilent', at: heardAt + silentAfterMs, body: { unit: 'A' } },
    ])
    expect([server.value('silent'), server.value('noFix')]).toEqual([1, 0])
    server.pass(minuteMs, () => server.send('A', 'B'))
    expect(server.typesMade()).toEqual(['fixLost', 'fellSilent', 'fixRegained', 'heardAgain'])
    expect([server.value('silent'), server.value('noFix'), server.refused.length]).toEqual([
      0, 0, 0,
    ])
  })

  it('but answers, has no fix and is not silent', () => {
    const server = onDuty('A', 'B')
    for (let n = 0; n < 8; n++) {
      server.pass(20 * minuteMs, () => server.fix('B'))
      server.say('rollCalled', { unit: 'A', answered: true })
    }
    expect(server.typesMade()).toEqual(['fixLost'])
    expect([server.value('silent'), server.value('noFix')]).toEqual([0, 1])
    for (let n = 0; n < 3; n++) {
      server.pass(20 * minuteMs, () => server.fix('B'))
      server.say('rollCalled', { unit: 'A', answered: false })
    }
    expect([server.value('silent'), server.value('noFix')]).toEqual([1, 0])
  })

  it('is not judged when the lane brings nothing from anybody', () => {
    const server = onDuty('A', 'B', 'C')
    server.pass(10 * minuteMs, () => server.send('A', 'B', 'C'))
    server.pass(3 * hourMs)
    expect(server.made).toEqual([])
  })

  it('is not judged by what the lane forgot at a restart', () => {
    const server = onDuty('A', 'B', 'C')
    const send = () => server.send('A', 'B')
    server.pass(2 * hourMs, send)
    expect(server.made.map(({ body }) => body.unit)).toEqual(['C', 'C'])
    server.restart()
    server.fix('A')
    server.tick()
    server.pass(noFixAfterMs - tickMs, () => server.fix('A'))
    expect(server.made).toHaveLength(2)
    server.pass(minuteMs, () => server.fix('A'))
    expect(server.made.at(-1)).toMatchObject({ type: 'patrol.fixLost', body: { unit: 'B' } })
    expect(server.refused).toEqual([])
  })

  it('stays silent when the lane is lost or begins anew', () => {
    const server = onDuty('A', 'B')
    server.pass(hourMs, () => server.fix('B'))
    expect(server.typesMade()).toEqual(['fixLost', 'fellSilent'])
    server.pass(hourMs)
    server.restart()
    server.pass(hourMs)
    server.pass(hourMs, () => server.fix('B'))
    expect(server.made).toHaveLength(2)
    expect(server.refused).toEqual([])
    expect(server.value('silent')).toBe(1)
  })

  it('flaps not, whatever its clock', () => {
    const server = onDuty('A', 'B')
    for (const behindMs of [noFixAfterMs - 1000, noFixAfterMs + 1000, 2 * hourMs]) {
      server.pass(hourMs, () => {
        server.fix('A', 100, 22, behindMs)
        server.fix('B')
      })
    }
    expect(server.typesMade()).toEqual(['fixLost'])
    expect(server.value('silent')).toBe(0)
  })

  it('loses its fix every time anew, under another id', () => {
    const server = onDuty('A', 'B')
    for (let n = 0; n < 4; n++) {
      server.pass(10 * minuteMs, () => server.send('A', 'B'))
      server.pass(10 * minuteMs, () => server.fix('B'))
    }
    expect(server.typesMade().filter((type) => type === 'fixLost')).toHaveLength(4)
    expect(server.refused).toEqual([])
  })
})

describe('a unit that is due', () => {
  it('is overdue once, until it ends', () => {
    const server = createServer()
    const dueAt = bornMs + hourMs
    server.say('started', { unit: 'A', callSign: 'A', dueAt })
    server.pass(hourMs + overdueAfterMs)
    expect(server.made).toEqual([])
    server.pass(hourMs)
    expect(server.made).toMatchObject([
      { type: 'patrol.fellOverdue', at: dueAt + overdueAfterMs, body: { unit: 'A', dueAt } },
    ])
    expect(server.value('overdue')).toBe(1)
    server.say('ended', { unit: 'A' })
    server.pass(hourMs)
    expect([server.value('overdue'), server.made.length, server.refused.length]).toEqual([0, 1, 0])
  })

  it('is not judged while history is being sent in', () => {
    const server = createServer()
    const dueAt = bornMs - hourMs
    server.say('started', { unit: 'A', callSign: 'A', dueAt }, bornMs - 9 * hourMs, ['backfill'])
    server.pass(30_000)
    server.say('ended', { unit: 'A' }, dueAt, ['backfill'])
    server.pass(hourMs)
    expect(server.made).toEqual([])
  })
})

describe('a stranger', () => {
  it('is named once a day, after ten minutes', () => {
    const server = createServer()
    server.pass(unrosteredAfterMs, () => server.fix('X'))
    expect(server.made).toEqual([])
    server.pass(2 * hourMs, () => server.fix('X'))
    expect(server.typesMade()).toEqual(['unrosteredSeen'])
    server.pass(24 * hourMs, () => server.fix('X'))
    expect(server.typesMade()).toEqual(['unrosteredSeen', 'unrosteredSeen'])
    expect(server.refused).toEqual([])
  })

  it('is none who signs on a little later or is on its way home', () => {
    const server = createServer()
    server.pass(unrosteredAfterMs / 2, () => server.fix('A'))
    server.say('started', { unit: 'A', callSign: 'A' })
    server.pass(hourMs, () => server.fix('A'))
    server.say('ended', { unit: 'A' })
    server.pass(25 * minuteMs, () => server.fix('A'))
    expect(server.made).toEqual([])
    server.pass(hourMs, () => server.fix('A'))
    expect(server.typesMade()).toEqual(['unrosteredSeen'])
  })
})

describe('a border segment', () => {
  const { code, line } = segments[6]!
  /** Walks part of the segment, a little beside the line. */
  const walk = (
    server: ReturnType<typeof createServer>,
    unit: string,
    [from, to]: [number, number],
    durationMs: number,
  ) => {
    const startMs = server.now()
    server.pass(durationMs, () => {
      const share = from + ((to - from) * (server.now() - startMs)) / durationMs
      const [lon, lat] = placeAt(line, share)
      server.fix(unit, lon - 0.002, lat)
    })
  }

  it('is patrolled by a unit that walks it, in four events, and then rests', () => {
    const server = onDuty('A')
    walk(server, 'A', [0, 1], 3 * hourMs)
    expect(server.typesMade()).toEqual([
      'checkpointPassed',
      'checkpointPassed',
      'checkpointPassed',
      'segmentPatrolled',
    ])
    const [last, round] = server.made.slice(-2)
    expect(round).toMatchObject({ at: last!.at, id: `patrol.segmentPatrolled:${code}:${last!.at}` })
    expect(server.value('segmentsPatrolled')).toBe(1)
    server.pass(roundPauseMs - hourMs)
    walk(server, 'A', [5 / 6, 2 / 3], 20 * minuteMs)
    expect(server.made).toHaveLength(4)
    expect(server.refused).toEqual([])
  })

  it('is patrolled by two that meet half way', () => {
    const server = onDuty('A', 'B')
    walk(server, 'A', [0, 0.55], 2 * hourMs)
    walk(server, 'B', [1, 0.6], 2 * hourMs)
    expect(server.typesMade().at(-1)).toBe('segmentPatrolled')
  })

  it.each([
    ['half a walk', [[0, 0.6]]],
    [
      'two ends without the middle',
      [
        [0, 0.3],
        [1, 0.7],
      ],
    ],
  ] as [string, [number, number][]][])('is not patrolled by %s', (_, walks) => {
    const server = onDuty('A')
    for (const way of walks) walk(server, 'A', way, 2 * hourMs)
    expect(server.typesMade()).not.toContain('segmentPatrolled')
    expect(server.typesMade()).toContain('checkpointPassed')
  })

  it('is not patrolled by one who takes seven hours', () => {
    const server = onDuty('A')
    walk(server, 'A', [0, 0.4], hourMs)
    server.pass(5 * hourMs)
    walk(server, 'A', [0.4, 1], 2 * hourMs)
    expect(server.typesMade().filter((type) => type === 'checkpointPassed')).toHaveLength(3)
    expect(server.value('segmentsPatrolled')).toBe(0)
  })

  it('is not patrolled by guards who stand, nor by strangers', () => {
    const server = onDuty('A', 'B', 'C')
    const own = checkpoints.filter(({ segment }) => segment === code)
    server.pass(12 * hourMs, () => {
      for (const [n, unit] of ['A', 'B', 'C'].entries()) server.fix(unit, own[n]!.lon, own[n]!.lat)
      for (const [n, unit] of ['X', 'X', 'X'].entries()) server.fix(unit, own[n]!.lon, own[n]!.lat)
    })
    const types = server.typesMade()
    expect(types).not.toContain('segmentPatrolled')
    // standing still is one pass in six hours
    expect(types.filter((type) => type === 'checkpointPassed').length).toBeLessThanOrEqual(3 * 2)
  })
})

it('makes the same events in a second reactor that ticks at other times', () => {
  const [one, other] = [onDuty('A', 'B'), onDuty('A', 'B')]
  for (const [server, stepMs] of [
    [one, 5000],
    [other, 2000],
  ] as const) {
    server.pass(hourMs, () => server.fix('B'), stepMs)
    server.fix('A')
    server.pass(hourMs, () => server.fix('B'), stepMs)
  }
  expect(other.made).toEqual(one.made)
  expect(one.typesMade()).toEqual(
    'fixLost fellSilent fixRegained heardAgain fixLost fellSilent'.split(' '),
  )
})
