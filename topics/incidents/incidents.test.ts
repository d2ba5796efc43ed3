import { describe, expect, it } from 'vitest'
import { midnightOf } from '#protocol/beijing.ts'
import type { FeedEvent } from '#protocol/event.ts'
import { type SceneLine, sceneNow, sceneOf } from '#protocol/scene.ts'
import { isOpen, isOutOfOrder, stepOf, unitsOn } from './incident.ts'
import { queue } from './incidents.figures.ts'
import { measureInterval, median, p90 } from './incidents.intervals.ts'
import { incidentScenes } from './incidents.scenes.ts'
import { incidents, openKeptMs, overKeptMs } from './incidents.ts'

const foldAll = (events: readonly FeedEvent[]) => {
  const state = incidents.initial()
  for (const event of events) incidents.evolve(state, event)
  return state
}
const reported = (minutesAgo: number, incident: string, level = 3): SceneLine => [
  minutesAgo,
  'incident.reported',
  { incident, category: 'help', level, lon: 100.8, lat: 22, division: '532801', summary: '求助' },
]
const told = (minutesAgo: number, verb: string, incident: string, more = {}): SceneLine => [
  minutesAgo,
  `incident.${verb}`,
  { incident, ...more },
]
const foldLines = (...lines: SceneLine[]) => foldAll(sceneOf(lines))
const one = (state: ReturnType<typeof foldAll>, incident = '1') => state.byNumber.get(incident)!
const figureOf = (state: ReturnType<typeof foldAll>, name: string, now = sceneNow) =>
  incidents.figures[name]!(state, now).value

describe('the life of an incident', () => {
  it('opens with its report and goes on step by step', () => {
    const unit = 'A-1'
    const lines = [
      reported(60, '1'),
      told(58, 'dispatched', '1', { units: [unit, 'A-2'] }),
      told(57, 'acknowledged', '1', { unit }),
      told(56, 'enRoute', '1', { unit }),
      told(50, 'onScene', '1', { unit }),
      told(40, 'handled', '1'),
      told(39, 'fedBack', '1'),
      told(38, 'unitCleared', '1', { unit }),
    ]
    const steps = lines.map((_, n) => stepOf(one(foldLines(...lines.slice(0, n + 1)))))
    expect(steps).toEqual(
      'reported dispatched acknowledged enRoute onScene handled fedBack fedBack'.split(' '),
    )
    const state = foldLines(...lines)
    expect(isOpen(one(state))).toBe(true)
    expect(unitsOn(one(state))).toEqual(['A-2'])
  })

  it.each(['closed', 'passedTo12345', 'falseReport', 'transferred', 'merged'])(
    'ends with %s',
    (verb) => {
      const state = foldLines(
        reported(30, '1'),
        told(20, verb, '1', { into: '2', to: 'x', outcome: 'x' }),
      )
      expect(isOpen(one(state))).toBe(false)
      expect(one(state).ended).toMatchObject({ how: verb })
    },
  )

  it('is taken up again, and starts over', () => {
    const state = foldLines(
      reported(60, '1'),
      told(50, 'onScene', '1', { unit: 'A' }),
      told(40, 'closed', '1', { outcome: 'x' }),
      told(30, 'reopened', '1'),
    )
    expect([isOpen(one(state)), stepOf(one(state))]).toEqual([true, 'reported'])
    incidents.evolve(state, sceneOf([told(20, 'dispatched', '1', { units: ['B'] })])[0]!)
    expect(stepOf(one(state))).toBe('dispatched')
  })

  it('moves from unit to unit', () => {
    const state = foldLines(
      reported(30, '1'),
      told(29, 'dispatched', '1', { units: ['A'] }),
      told(28, 'reassigned', '1', { from: 'A', to: 'B' }),
      told(27, 'reinforced', '1', { units: ['C'] }),
    )
    expect(unitsOn(one(state))).toEqual(['B', 'C'])
  })

  it('ends the same in either order where two ends have the same time', () => {
    const ends = sceneOf([
      told(9, 'merged', '1', { into: '2' }),
      told(9, 'merged', '1', { into: '3' }),
    ])
    const [straight, backwards] = [ends, ends.toReversed()].map((each) => one(foldAll(each)).ended)
    expect(backwards).toEqual(straight)
  })

  it('is the same in whatever order its events arrive', () => {
    const events = sceneOf([
      reported(60, '1', 2),
      reported(59, '1', 1),
      told(58, 'dispatched', '1', { units: ['A'] }),
      told(50, 'onScene', '1', { unit: 'A' }),
      told(40, 'closed', '1', { outcome: 'x' }),
      told(30, 'reopened', '1'),
      told(20, 'unitCleared', '1', { unit: 'A' }),
    ])
    const { newest: _, ...straight } = one(foldAll(events))
    const { newest: __, ...backwards } = one(foldAll(events.toReversed()))
    expect(backwards).toEqual(straight)
    expect(straight.report?.level).toBe(1)
  })

  it('is not open, nor counted, before it was reported', () => {
    const state = foldLines(told(10, 'onScene', '1', { unit: 'A' }))
    expect([queue(state).length, figureOf(state, 'open'), figureOf(state, 'today')]).toEqual([
      0, 0, 0,
    ])
  })

  it('says when its stamps contradict each other', () => {
    const lines = [reported(30, '1'), told(20, 'enRoute', '1', { unit: 'A' })]
    expect(isOutOfOrder(one(foldLines(...lines)))).toBe(false)
    expect(isOutOfOrder(one(foldLines(...lines, told(25, 'onScene', '1', { unit: 'A' }))))).toBe(
      true,
    )
  })
})

describe('figures', () => {
  it('count a call that two sources told of for the same moment alike in either order', () => {
    const [event] = sceneOf([reported(20, '1')])
    const both = (['simulated', 'real'] as const).flatMap((kind) =>
      ['a', 'b'].map(
        (source): FeedEvent => ({
          ...event!,
          id: `${source}-${kind}`,
          source,
          flags: kind === 'simulated' ? ['simulated'] : [],
        }),
      ),
    )
    const tallies = (events: FeedEvent[]) =>
      Array.from(foldAll(events).callsByHour.values()).flatMap((bySource) =>
        Array.from(bySource, ([source, { count, simulated }]) => [source, count, simulated]).filter(
          ([, count]) => count !== 0,
        ),
      )
    expect(tallies(both)).toEqual([['a', 1, 1]])
    expect(tallies(both.toReversed())).toEqual([['a', 1, 1]])
  })

  it('know no data from 0', () => {
    expect(figureOf(foldAll([]), 'open')).toBeNull()
    expect(figureOf(foldLines(reported(30, '1'), told(20, 'closed', '1')), 'open')).toBe(0)
  })

  it('count the scenes', () => {
    const quiet = foldAll(incidentScenes.quiet)
    expect(figureOf(quiet, 'open')).toBe(3)
    const flood = foldAll(incidentScenes.flood)
    expect([figureOf(flood, 'open'), figureOf(flood, 'openLevel1')]).toEqual([150, 4])
    expect(incidents.figures.open!(flood, sceneNow).provenance).toMatchObject({
      rule: 'incidents.rule.open',
      sources: ['scene'],
      count: 150,
      simulated: true,
    })
  })

  it('put the gravest first, then whom nobody was sent to, then the newest', () => {
    const state = foldLines(
      reported(9, 'old'),
      reported(8, 'sent'),
      told(7, 'dispatched', 'sent', { units: ['A'] }),
      reported(5, 'new'),
      reported(30, 'grave', 1),
    )
    expect(queue(state).map(({ incident }) => incident)).toEqual(['grave', 'new', 'old', 'sent'])
  })

  it('count today from midnight in Beijing, and turn there', () => {
    const midnight = midnightOf(sceneNow)
    const sinceMidnight = (sceneNow - midnight) / 60_000
    const state = foldLines(
      reported(sinceMidnight + 1, 'yesterday'),
      reported(sinceMidnight - 1, 'today'),
    )
    expect(figureOf(state, 'today')).toBe(1)
    expect(figureOf(state, 'today', midnight - 1)).toBe(1)
    expect(figureOf(state, 'today', sceneNow + 86_400_000)).toBe(0)
  })

  it('compare with the same hours of the last four weeks, as far as there is data', () => {
    const week = 7 * 1440
    const ofWeek = (weeksBack: number, calls: number) =>
      Array.from({ length: calls }, (_, n) => reported(weeksBack * week + 120, `${weeksBack}-${n}`))
    const first = reported(4 * week - 100, 'first')
    const state = foldLines(
      first,
      ...ofWeek(1, 2),
      ...ofWeek(2, 4),
      ...ofWeek(3, 6),
      ...ofWeek(0, 5),
    )
    expect(figureOf(state, 'todayToHour')).toBe(5)
    const usual = incidents.figures.usualToHour!(state, sceneNow)
    expect(usual.value).toBe((2 + 4 + 6) / 3)
    expect(usual.provenance.excluded).toEqual({ weeksWithoutData: 1 })
  })

  it('count a call once, in the hour of its earliest report', () => {
    const state = foldLines(reported(200, '1'), reported(90, '1'), reported(20, '1'))
    expect(figureOf(state, 'today')).toBe(1)
    const backwards = foldAll(sceneOf([reported(200, '1'), reported(90, '1')]).toReversed())
    expect(figureOf(backwards, 'today')).toBe(1)
    const filled = Array.from(backwards.callsByHour).filter(([, by]) => by.get('scene')!.count > 0)
    expect(filled.map(([hour]) => hour)).toEqual([Date.UTC(2026, 10, 22, 11)])
  })
})

describe('intervals', () => {
  it('state the middle and a value that did occur', () => {
    expect([median([]), p90([])]).toEqual([null, null])
    expect([median([4]), p90([4])]).toEqual([4, 4])
    expect(median([1, 2, 9, 10])).toBe(5.5)
    expect(p90([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toBe(9)
    expect(p90([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])).toBe(10)
  })

  it('run to the first unit', () => {
    const state = foldLines(
      reported(60, '1'),
      told(50, 'onScene', '1', { unit: 'B' }),
      told(55, 'onScene', '1', { unit: 'A' }),
    )
    expect(figureOf(state, 'responseMedian')).toBe(5 * 60_000)
  })

  it('leave out what lacks a stamp or has it out of order, and say how many', () => {
    const state = foldLines(
      reported(60, 'good'),
      told(50, 'onScene', 'good', { unit: 'A' }),
      reported(60, 'unreached'),
      told(50, 'closed', 'unreached'),
      reported(60, 'before'),
      told(70, 'onScene', 'before', { unit: 'A' }),
      reported(60, 'under way'),
      reported(60, 'double'),
      told(59, 'merged', 'double', { into: 'good' }),
      told(50, 'onScene', 'unreported', { unit: 'A' }),
    )
    const measured = measureInterval('response', state.byNumber.values())
    expect(measured).toMatchObject({ medianMs: 600_000, missing: 2, outOfOrder: 1 })
    expect([figureOf(state, 'responseUsed'), figureOf(state, 'responseExcluded')]).toEqual([1, 3])
  })

  it('count an incident without a report by its first stamp, and use what it has', () => {
    const unit = 'A'
    const at = (minutesAgo: number) =>
      foldLines(
        told(minutesAgo, 'enRoute', '1', { unit }),
        told(minutesAgo - 10, 'onScene', '1', { unit }),
        told(minutesAgo - 30, 'closed', '1'),
      )
    const state = at(100)
    expect([figureOf(state, 'travelUsed'), figureOf(state, 'travelMedian')]).toEqual([1, 600_000])
    const { value, provenance } = incidents.figures.responseExcluded!(state, sceneNow)
    expect([value, provenance.excluded]).toEqual([1, { missing: 1, outOfOrder: 0 }])
    expect(figureOf(at(1442), 'travelUsed')).toBe(0)
    const closedAlone = foldLines(told(10, 'closed', '1'))
    expect(figureOf(closedAlone, 'queueExcluded')).toBe(1)
  })

  it('end the time on scene with the unit, or with the incident where no unit is stamped', () => {
    const arrived = [reported(60, '1'), told(50, 'onScene', '1', { unit: 'A' })]
    const closed = told(20, 'closed', '1')
    expect(figureOf(foldLines(...arrived, closed), 'onSceneTimeMedian')).toBe(30 * 60_000)
    const cleared = told(30, 'unitCleared', '1', { unit: 'A' })
    expect(figureOf(foldLines(...arrived, cleared, closed), 'onSceneTimeMedian')).toBe(20 * 60_000)
  })

  it('look at the incidents reported in the last 24 hours, up to the minute', () => {
    const at = (minutesAgo: number) =>
      foldLines(reported(minutesAgo, '1'), told(minutesAgo - 10, 'onScene', '1', { unit: 'A' }))
    expect(figureOf(at(1440), 'responseUsed')).toBe(1)
    expect(figureOf(at(1442), 'responseUsed')).toBe(0)
  })
})

describe('live state', () => {
  const minute = 60_000
  const event = (n: number, at: number, verb: string, incident: string): FeedEvent => ({
    ...sceneOf([verb === 'reported' ? reported(0, incident) : told(0, verb, incident)])[0]!,
    seq: n,
    id: `e${n}`,
    at,
    seenAt: at,
  })

  it('is bounded: what is over leaves it after 28 hours, hours after 29 days', () => {
    const state = incidents.initial()
    let n = 0
    for (let at = sceneNow; at < sceneNow + 60 * 1440 * minute; at += 10 * minute) {
      incidents.evolve(state, event(++n, at, 'reported', `i${n}`))
      incidents.evolve(state, event(++n, at + minute, 'closed', `i${n - 1}`))
    }
    expect(state.byNumber.size).toBeLessThanOrEqual(overKeptMs / (10 * minute) + 1)
    expect(state.callsByHour.size).toBeLessThanOrEqual(29 * 24 + 2)
  })

  it('never drops an open incident that somebody touched, and counts those it gives up', () => {
    const state = incidents.initial()
    incidents.evolve(state, event(1, sceneNow, 'reported', 'old'))
    incidents.evolve(state, event(2, sceneNow + openKeptMs - minute, 'reported', 'new'))
    expect([state.byNumber.size, state.abandoned]).toEqual([2, 0])
    incidents.evolve(state, event(3, sceneNow + openKeptMs + 2 * minute, 'handled', 'new'))
    expect([[...state.byNumber.keys()], state.abandoned]).toEqual([['new'], 1])
  })

  it('holds no history that arrives late: a month of backfill leaves what is live', () => {
    const state = incidents.initial()
    for (let n = 0; n < 1000; n++) {
      const at = sceneNow - 40 * 1440 * minute + n * minute
      for (const verb of ['reported', 'closed']) {
        incidents.evolve(state, {
          ...event(n, at, verb, `i${n}`),
          seenAt: sceneNow,
          flags: ['backfill'],
        })
      }
    }
    expect(state.byNumber.size).toBe(0)
  })
})
