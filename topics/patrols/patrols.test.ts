import { describe, expect, it } from 'vitest'
import { dayMs, hourMs, midnightOf, minuteMs } from '#protocol/beijing.ts'
import type { Audience, FeedEvent } from '#protocol/event.ts'
import { type SceneLine, sceneNow, sceneOf } from '#protocol/scene.ts'
import { figuresFor, isKept } from '#protocol/served.ts'
import { type Patrols, statusOf } from './patrol.ts'
import { segmentRows } from './patrols.figures.ts'
import { patrolScenes } from './patrols.scenes.ts'
import { dutyKeptMs, endedKeptMs, patrols } from './patrols.ts'

const foldAll = (events: readonly FeedEvent[], state = patrols.initial()): Patrols => {
  for (const event of events) patrols.evolve(state, event)
  return state
}
const foldLines = (...lines: SceneLine[]) => foldAll(sceneOf(lines))
const cause = 'tick'
const said = (minutesAgo: number, verb: string, unit: string, more = {}): SceneLine => [
  minutesAgo,
  `patrol.${verb}`,
  { unit, ...more },
]
const started = (minutesAgo: number, unit: string, more = {}) =>
  said(minutesAgo, 'started', unit, { callSign: unit, ...more })
const patrolled = (minutesAgo: number, segment: string): SceneLine => [
  minutesAgo,
  'patrol.segmentPatrolled',
  { segment, cause },
]
const figureOf = (state: Patrols, name: string, now = sceneNow) =>
  patrols.figures[name]!(state, now).value
const figuresOf = (state: Patrols, ...names: string[]) => names.map((name) => figureOf(state, name))

describe('the roster', () => {
  it('counts who is on duty, out and at post', () => {
    const state = foldLines(
      started(60, 'A'),
      started(60, 'B'),
      started(60, 'C'),
      started(60, 'D'),
      said(50, 'statusChanged', 'A', { status: 'enRoute' }),
      said(40, 'statusChanged', 'A', { status: 'atPost' }),
      said(50, 'statusChanged', 'B', { status: 'patrolling' }),
      said(50, 'statusChanged', 'C', { status: 'emergency' }),
      said(40, 'ended', 'D'),
    )
    expect(figuresOf(state, 'onDuty', 'out', 'atPost', 'emergency')).toEqual([3, 2, 1, 1])
  })

  it('believes the latest start, in whatever order the words come', () => {
    const lines = [
      started(600, 'A', { dueAt: sceneNow - 300 * minuteMs }),
      said(310, 'statusChanged', 'A', { status: 'atPost' }),
      said(300, 'ended', 'A'),
      started(60, 'A', { dueAt: sceneNow + hourMs, post: 'P-1' }),
    ]
    for (const events of [sceneOf(lines), sceneOf(lines).reverse()]) {
      const one = foldAll(events).units.get('A')!
      expect(one.start).toMatchObject({ post: 'P-1', dueAt: sceneNow + hourMs })
      expect(statusOf(one)).toBeNull()
    }
  })

  it('tells no fix, silence and lateness apart, and their end', () => {
    const dueAt = sceneNow - 30 * minuteMs
    const one = (verb: string, minutesAgo: number, more = {}) =>
      said(minutesAgo, verb, 'A', { cause, ...more })
    const lines = [
      started(300, 'A', { dueAt }),
      one('fixLost', 100),
      one('fellSilent', 70),
      one('heardAgain', 60),
      one('fixRegained', 50),
      one('fellOverdue', 25, { dueAt }),
      said(20, 'ended', 'A'),
    ]
    const after = (count: number) =>
      figuresOf(foldLines(...lines.slice(0, count)), 'noFix', 'silent', 'overdue').join()
    expect(lines.map((_, n) => after(n + 1))).toEqual([
      '0,0,0',
      '1,0,0',
      '0,1,0',
      '1,0,0',
      '0,0,0',
      '0,0,1',
      '0,0,0',
    ])
  })

  it('starts a new duty with a clean slate', () => {
    const dueAt = sceneNow - 200 * minuteMs
    const state = foldLines(
      started(300, 'A', { dueAt }),
      said(180, 'fellOverdue', 'A', { dueAt, cause }),
      said(170, 'fixLost', 'A', { cause }),
      said(160, 'fellSilent', 'A', { cause }),
      started(60, 'A', { dueAt: sceneNow + hourMs }),
    )
    expect(figuresOf(state, 'noFix', 'silent', 'overdue')).toEqual([0, 0, 0])
  })

  it('lets go who ended, and a unit of which nothing comes for a week, which it counts', () => {
    const state = foldLines(
      started(600, 'ended'),
      said(1, 'ended', 'ended'),
      started(1, 'on duty'),
      started(0.5, 'fresh'),
    )
    const later = (afterMs: number, unit: string) => {
      const [event] = sceneOf([started(-afterMs / minuteMs, unit)])
      return foldAll([event!], state)
    }
    expect([...later(endedKeptMs, 'x').units.keys()]).toEqual(['on duty', 'fresh', 'x'])
    const figure = patrols.figures.onDuty!(later(dutyKeptMs, 'y'), sceneNow)
    expect(figure.provenance.excluded).toEqual({ abandoned: 2 })
    expect(figure.value).toBe(2)
  })

  it('shows strangers of today until they sign on', () => {
    const yesterdayMinutes = (sceneNow - midnightOf(sceneNow)) / minuteMs + 5
    const state = foldLines(
      said(yesterdayMinutes, 'unrosteredSeen', 'A', { cause }),
      said(20, 'unrosteredSeen', 'B', { cause }),
      said(20, 'unrosteredSeen', 'C', { cause }),
    )
    expect(figureOf(state, 'unrostered')).toBe(2)
    expect(figureOf(foldAll(sceneOf([started(5, 'B')]), state), 'unrostered')).toBe(1)
    expect(figureOf(state, 'unrostered', sceneNow + dayMs)).toBe(0)
  })

  it('says which share of the calls of today was answered, and nothing before the first', () => {
    const yesterdayMinutes = (sceneNow - midnightOf(sceneNow)) / minuteMs + 5
    const before = said(yesterdayMinutes, 'rollCalled', 'A', { answered: false })
    const calls = ['A', 'B', 'C', 'D'].map((unit, n) =>
      said(30, 'rollCalled', unit, { answered: n > 0 }),
    )
    expect(figuresOf(foldLines(before), 'rollCalled', 'rollAnsweredShare')).toEqual([0, null])
    const state = foldLines(before, ...calls)
    expect(figuresOf(state, 'rollCalled', 'rollAnsweredShare')).toEqual([4, 0.75])
  })
})

describe('segments', () => {
  it('are patrolled for 24 hours, to the minute', () => {
    const state = foldLines(
      patrolled(1, 'BD-01'),
      patrolled(24 * 60 - 1, 'BD-02'),
      patrolled(24 * 60 + 1, 'BD-03'),
      patrolled(1, 'of no list'),
    )
    expect(figureOf(state, 'segmentsPatrolled')).toBe(2)
    expect(figureOf(state, 'segmentsPatrolledShare')).toBeCloseTo(2 / 46)
    const rows = segmentRows(state, sceneNow)
    expect(rows).toHaveLength(46)
    expect(rows.slice(0, 4).map(({ isPatrolled }) => isPatrolled)).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(rows[2]!.patrolledAt).toBe(sceneNow - (24 * 60 + 1) * minuteMs)
    expect(rows[3]!.patrolledAt).toBeNull()
  })

  it('are nothing for visitors, like the units; a shared wall has them all', () => {
    const state = foldAll(patrolScenes.busy)
    const valuesFor = (audience: Audience) =>
      Object.values(figuresFor(patrols, state, audience, sceneNow)).map(({ value }) => value)
    expect(valuesFor('shared')).toEqual(valuesFor('wall'))
    expect(valuesFor('shared')).toContain(41)
    expect(new Set(valuesFor('visitor'))).toEqual(new Set([null]))
    expect(isKept(patrols, 'visitor')).toBe(true)
  })
})

it.each([
  ['empty', null, null, null],
  ['quiet', 60, 2, 45],
  ['busy', 412, 9, 41],
  ['flood', 600, 208, 0],
  ['silent', 60, 2, 39],
] as const)('scene %s: on duty, silent, segments', (name, onDuty, silent, segments) => {
  const state = foldAll(patrolScenes[name])
  expect(figuresOf(state, 'onDuty', 'silent', 'segmentsPatrolled')).toEqual([
    onDuty,
    silent,
    segments,
  ])
})

it('keeps its bounds over two months', () => {
  const state = patrols.initial()
  for (let day = 0; day < 60; day++) {
    const lines = Array.from({ length: 40 }, (_, n): SceneLine[] => [
      started(600, `U-${day}-${n}`),
      said(60, 'rollCalled', `U-${day}-${n}`, { answered: true }),
      said(50, 'ended', `U-${day}-${n}`),
      said(40, 'unrosteredSeen', `T-${day}-${n}`, { cause }),
      said(30, 'checkpointPassed', `U-${day}-${n}`, { segment: 'BD-01', checkpoint: 1, cause }),
    ]).flat()
    const events = sceneOf(lines.map(([ago, type, body]) => [ago - day * 24 * 60, type, body]))
    foldAll(events, state)
  }
  expect(state.units.size).toBeLessThanOrEqual(40)
  expect(state.strangers.size).toBeLessThanOrEqual(80)
  expect(state.rollCalls.size).toBeLessThanOrEqual(2)
  expect(state.passes.get('BD-01')!.length).toBeLessThanOrEqual(80)
})
