import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayMs, hourMs, midnightOf, minuteMs } from '#protocol/beijing.ts'
import type { Audience, FeedEvent, Flag } from '#protocol/event.ts'
import { type SceneLine, sceneNow, sceneOf } from '#protocol/scene.ts'
import { figuresFor } from '#protocol/served.ts'
import { builtInCells } from './built-in-cells.ts'
import { silentAfterMs, unknownAfterMs } from './cell.ts'
import { levels } from './grid-cells.codes.ts'
import { gridCellEvents } from './grid-cells.events.ts'
import { gridCellScenes } from './grid-cells.scenes.ts'
import { gridShareName } from './grid-cells.shares.ts'
import { drawnAs, isOffList, surveyOf } from './grid-cells.survey.ts'
import { lowestTownships, townshipRows } from './grid-cells.townships.ts'
import { gridCells, keptMs } from './grid-cells.ts'
import { worstCells } from './grid-cells.worst.ts'

const [cell, other, third] = ['532801001-001', '532801001-002', '532823105-001']
const foldAll = (events: readonly FeedEvent[], state = gridCells.initial()) => {
  for (const event of events) gridCells.evolve(state, event)
  return state
}
const told = (
  minutesAgo: number,
  name: string,
  counts: Partial<Record<'onDuty' | 'openEvents' | 'overdueEvents' | 'closedToday', number>> = {},
): SceneLine => [
  minutesAgo,
  'cell.reported',
  { cell: name, onDuty: 1, openEvents: 0, overdueEvents: 0, closedToday: 0, ...counts },
]
const raised = (minutesAgo: number, name: string, event: string, from: string, to: string) =>
  [minutesAgo, 'cell.escalated', { cell: name, event, kind: 'dispute', from, to }] as SceneLine
const foldLines = (...lines: SceneLine[]) => foldAll(sceneOf(lines))
/** The list of a division, by its cells. */
const listed = (minutesAgo: number, division: string, ...cells: string[]): SceneLine => {
  const byTownship = Map.groupBy(cells, (name) => name.slice(0, 9))
  const townships = Array.from(byTownship, ([township, some]) => ({
    township,
    cells: some.map((name) => name.slice(10)),
  }))
  return [minutesAgo, 'cell.listed', { division, townships }]
}
/** A deployment's own: twelve cells. */
const twelve = [
  ...Array.from({ length: 8 }, (_, n) => `532801001-00${n + 1}`),
  ...Array.from({ length: 4 }, (_, n) => `532823105-00${n + 1}`),
]
const foldListed = (...lines: SceneLine[]) => foldLines(listed(3000, '5328', ...twelve), ...lines)
const statusAt = (state: ReturnType<typeof foldAll>, now = sceneNow, name = cell) =>
  surveyOf(state, now).statusByCell.get(name) ?? 'unknown'
const figureOf = (state: ReturnType<typeof foldAll>, name: string, now = sceneNow) =>
  gridCells.figures[name]!(state, now)
const numberOf = (...asked: Parameters<typeof figureOf>) => figureOf(...asked).value

describe('the status of a cell', () => {
  it.each([
    ['normal', [told(1, cell)]],
    ['normal', [told(1, cell, { openEvents: 2, onDuty: 0 })]],
    ['attention', [told(1, cell, { openEvents: 3 })]],
    ['normal', [told(1, cell), raised(60, cell, 'A', 'grid', 'village')]],
    ['escalated', [told(1, cell), raised(60, cell, 'A', 'village', 'township')]],
    [
      'escalated',
      [told(1, cell, { openEvents: 9 }), raised(60, cell, 'A', 'county', 'prefecture')],
    ],
    ['normal', [told(1, cell), raised(24 * 60, cell, 'A', 'village', 'township')]],
    [
      'overdue',
      [
        told(1, cell, { openEvents: 1, overdueEvents: 1 }),
        raised(60, cell, 'A', 'village', 'county'),
      ],
    ],
    ['silent', [told(30, cell, { openEvents: 5, overdueEvents: 2 })]],
    ['unknown', [told(24 * 60, cell)]],
    ['unknown', [told(1, other), raised(60, cell, 'A', 'village', 'township')]],
  ] as const)('is %s after %j', (status, lines) => {
    expect(statusAt(foldLines(...(lines as readonly SceneLine[])))).toBe(status)
  })

  it('turns with the time alone: silent, then unknown, never normal again', () => {
    const state = foldListed(told(0, cell))
    const at = state.reports.get(cell)!.at
    expect(statusAt(state, at + silentAfterMs - 1)).toBe('normal')
    expect(statusAt(state, at + silentAfterMs)).toBe('silent')
    expect(statusAt(state, at + unknownAfterMs)).toBe('unknown')
    expect(numberOf(state, 'normal', at + unknownAfterMs)).toBe(0)
    expect(numberOf(state, 'unknown', at + unknownAfterMs)).toBe(12)
  })

  it('is that of its latest report, however late an older one comes', () => {
    const [older, newer] = sceneOf([told(9, cell, { openEvents: 4 }), told(2, cell)])
    expect(statusAt(foldAll([newer!, older!]))).toBe('normal')
    expect(statusAt(foldAll([older!]))).toBe('attention')
  })

  it('goes by arrival where a clock is not to be believed', () => {
    const flags: Flag[] = ['clockSuspect']
    const [event] = sceneOf([told(600, cell)], { flags })
    expect(statusAt(foldAll([{ ...event!, seenAt: sceneNow }]))).toBe('normal')
  })
})

describe('figures', () => {
  it('every listed cell has one status', () => {
    const names = ['normal', 'attention', 'overdue', 'escalated', 'silent', 'unknown']
    for (const [scene, events] of Object.entries(gridCellScenes)) {
      const state = foldAll(events)
      const sum = names.reduce((total, name) => total + (numberOf(state, name) ?? 0), 0)
      expect([scene, sum]).toEqual([scene, scene === 'empty' ? 0 : builtInCells.length])
      expect(numberOf(state, 'cells')).toBe(scene === 'empty' ? null : builtInCells.length)
    }
  })

  it('a cell that reports without being listed counts as one more', () => {
    const state = foldListed(told(1, '532801001-999'))
    expect([numberOf(state, 'cells'), numberOf(state, 'unlisted')]).toEqual([13, 1])
    expect([numberOf(state, 'normal'), numberOf(state, 'unknown')]).toEqual([1, 12])
  })

  it('staffed cells are counted among those that report now', () => {
    const state = foldListed(
      told(1, cell),
      told(1, other, { onDuty: 0 }),
      told(45, third, { onDuty: 3 }),
    )
    expect(numberOf(state, 'staffed')).toBe(1)
    expect(numberOf(state, 'staffedShare')).toBe(0.5)
    expect(figureOf(state, 'staffedShare').provenance).toMatchObject({
      count: 2,
      excluded: { silent: 1, unknown: 9 },
    })
  })

  it('visitors get no word of how much of the grid is manned', () => {
    const state = foldLines(told(1, cell))
    const figuresOf = (audience: Audience) => figuresFor(gridCells, state, audience, sceneNow)
    expect([figuresOf('shared').staffed!.value, figuresOf('visitor').staffed!.value]).toEqual([
      1,
      null,
    ])
    expect(figuresOf('visitor').staffedShare).toMatchObject({ value: null, unit: 'share' })
    expect(figuresOf('visitor').normal!.value).toBe(1)
  })

  it('the server names the figures of the minute, as every screen shows them', () => {
    const state = foldLines(told(29.5, cell))
    const silentAt = (now: number) => figuresFor(gridCells, state, 'wall', now).silent!.value
    expect(silentAt(sceneNow + 45_000)).toBe(0)
    expect(silentAt(sceneNow + minuteMs)).toBe(1)
  })

  it('open and overdue events of a silent cell do not vanish from the sum', () => {
    const state = foldListed(
      told(1, cell, { openEvents: 2, overdueEvents: 1 }),
      told(45, other, { openEvents: 3, overdueEvents: 2 }),
      told(25 * 60, third, { openEvents: 7, overdueEvents: 7 }),
    )
    expect([numberOf(state, 'openEvents'), numberOf(state, 'overdueEvents')]).toEqual([5, 3])
    expect(figureOf(state, 'openEvents').provenance.excluded).toEqual({ unknown: 10 })
  })

  it('closed today turns at midnight in Beijing: what was said yesterday counts nothing', () => {
    const midnight = midnightOf(sceneNow)
    const minutesAgo = (at: number) => (sceneNow - at) / minuteMs
    const state = foldListed(
      told(minutesAgo(midnight - 1), cell, { closedToday: 9 }),
      told(minutesAgo(midnight), other, { closedToday: 4 }),
    )
    const closedAt = (now: number) => numberOf(state, 'closedToday', now)
    expect(closedAt(midnight + hourMs)).toBe(4)
    // a clock that is ahead has begun tomorrow
    expect(closedAt(midnight - 1)).toBe(9)
    expect(closedAt(midnight + dayMs)).toBeNull()
    expect(figureOf(state, 'closedToday', midnight + hourMs).provenance.excluded).toEqual({
      withoutReportToday: 11,
    })
  })

  it('an event that is told twice went up once, and each level counts', () => {
    const state = foldLines(
      raised(90, cell, 'A', 'grid', 'village'),
      raised(80, cell, 'A', 'village', 'township'),
      raised(79, cell, 'A', 'village', 'township'),
      raised(24 * 60 + 1, cell, 'B', 'grid', 'village'),
    )
    expect(numberOf(state, 'escalations')).toBe(2)
  })

  it('tells how far up the events of today got', () => {
    const state = foldLines(
      told(1, cell, { closedToday: 6 }),
      told(1, third, { closedToday: 1 }),
      raised(90, cell, 'A', 'grid', 'village'),
      raised(80, cell, 'A', 'village', 'township'),
      raised(70, cell, 'B', 'grid', 'village'),
      raised(60, third, 'A', 'grid', 'village'),
      // yesterday, though less than 24 h ago
      raised(23 * 60 + 30, third, 'C', 'grid', 'county'),
    )
    expect(numberOf(state, 'escalations')).toBe(5)
    expect(numberOf(state, 'gridShare')).toBeCloseTo(7 / 10)
    expect(numberOf(state, 'villageShare')).toBeCloseTo(2 / 10)
    expect(numberOf(state, 'townshipShare')).toBeCloseTo(1 / 10)
    expect(numberOf(state, 'countyShare')).toBe(0)
    expect(numberOf(state, gridShareName('532801001'))).toBeCloseTo(6 / 8)
    expect(numberOf(state, gridShareName('532823105'))).toBeCloseTo(1 / 2)
    expect(numberOf(state, gridShareName('532822101'))).toBeNull()
  })
})

describe('the cells that there are', () => {
  const counted = (state: ReturnType<typeof foldAll>, now = sceneNow) =>
    ['cells', 'unknown', 'unlisted', 'normal'].map((name) => numberOf(state, name, now))

  it('are those of the list: who reports is one of them, and who does not is unknown', () => {
    const state = foldListed(...twelve.slice(0, 5).map((name) => told(1, name)))
    expect(counted(state)).toEqual([12, 7, 0, 5])
    expect(figureOf(state, 'cells').provenance).toMatchObject({
      count: 1,
      sources: ['scene'],
      simulated: false,
      newest: { id: 'scene-1' },
    })
    expect(figureOf(state, 'unknown').provenance.count).toBe(6)
  })

  it('are not known without a list, nor how many of them do not report', () => {
    const state = foldLines(told(1, cell), told(45, other))
    expect(counted(state)).toEqual([null, null, null, 1])
    expect(figureOf(state, 'cells').provenance).toMatchObject({ count: 0, newest: null })
    expect(figureOf(state, 'staffedShare').provenance.excluded).toEqual({ silent: 1 })
    expect(figureOf(state, 'closedToday').provenance.excluded).toEqual({})
    // a list that leaves nothing on it is none
    expect(counted(foldListed(told(1, cell), listed(0, '5328')))[0]).toBeNull()
  })

  it('stand before anybody reports, and for as long as nobody lists them anew', () => {
    const state = foldListed()
    expect(counted(state)).toEqual([12, 12, 0, null])
    expect([...gridCells.heard(state)]).toEqual([])
    const later = sceneOf([told(-(keptMs / minuteMs) - 2, cell)])
    expect(numberOf(foldAll(later, state), 'cells', sceneNow + keptMs + 3 * minuteMs)).toBe(12)
    // of last month, and told today
    const [old] = sceneOf([listed(30 * 24 * 60, '5328', ...twelve)], { flags: ['backfill'] })
    const late = { ...old!, id: 'late', seenAt: sceneNow }
    expect(counted(foldAll([late], foldLines(told(1, cell))))).toEqual([12, 11, 0, 1])
  })

  it('lose those that a later list leaves out, in its own division and nowhere else', () => {
    const lines = [
      told(1, cell),
      listed(3000, '5328', ...twelve),
      listed(30, '532801', cell, other),
      // said before that one
      listed(40, '532801001', ...twelve.slice(0, 8)),
      listed(20, '532823105', third),
    ]
    const state = foldLines(...lines)
    expect(counted(state)).toEqual([3, 2, 0, 1])
    expect(counted(foldLines(...lines, listed(10, '5328', other)))).toEqual([2, 1, 1, 1])
    expect(counted(foldLines(...lines, listed(10, '532823')))).toEqual([2, 1, 0, 1])
  })

  it('are synthetic where their list is, whoever else reports', () => {
    const reporter = sceneOf([told(1, '532801001-099')], { flags: ['simulated'] })
    const state = foldAll(reporter, foldListed(told(1, cell)))
    const { value, provenance } = figureOf(state, 'listed')
    expect([value, provenance.simulated]).toEqual([12, false])
    expect(figureOf(state, 'cells').provenance.simulated).toBe(true)
    expect(figureOf(foldAll(gridCellScenes.flood), 'listed').provenance.simulated).toBe(true)
  })

  it('are not known while only a county has a list: nothing is said of those elsewhere', () => {
    const [elsewhere, offIt] = ['532823105-004', '532801001-009']
    const state = foldLines(
      listed(60, '532801', ...twelve.slice(0, 8)),
      ...[cell, offIt, third].map((name) => told(1, name)),
    )
    expect(counted(state)).toEqual([null, null, 1, 3])
    for (const name of ['cells', 'unknown'])
      expect(figureOf(state, name).provenance.excluded).toEqual({ withoutList: 21 })
    expect(figureOf(state, 'openEvents').provenance.excluded).toEqual({})
    expect(figureOf(state, 'closedToday').provenance.excluded).toEqual({})
    const survey = surveyOf(state, sceneNow)
    expect([cell, offIt, third, elsewhere].map((name) => isOffList(survey, name))).toEqual([
      ...[false, true, false, false],
    ])
    expect([elsewhere, '532801001-010'].map((name) => drawnAs(survey, name))).toEqual([
      'unknown',
      'normal',
    ])
    // the lists of all counties are one of the prefecture; then what is of no township is off it too
    const rest = [listed(60, '532823', third), listed(60, '532822'), told(1, '532899999-001')]
    const whole = foldLines(...rest, listed(60, '532801', ...twelve.slice(0, 8)), told(1, third))
    expect(counted(whole)).toEqual([10, 8, 1, 2])
  })

  it('do not depend on the order in which the lists come', () => {
    const lists = sceneOf([
      listed(50, '532801001', '532801001-009'),
      listed(40, '5328', ...twelve),
      listed(30, '532801', cell, '532801002-001'),
      listed(20, '532801001', other),
      listed(30, '532823105', third),
      listed(30, '532823105', '532823105-002', '532823105-003'),
    ])
    const whole = foldAll(lists)
    expect(numberOf(whole, 'cells')).toBe(4)
    fc.assert(
      fc.property(fc.shuffledSubarray(lists, { minLength: lists.length }), (shuffled) => {
        expect(surveyOf(foldAll(shuffled), sceneNow).roster).toEqual(
          surveyOf(whole, sceneNow).roster,
        )
        expect(foldAll(shuffled).listings).toEqual(whole.listings)
      }),
    )
  })

  it('are drawn as unknown while nobody says otherwise, and as nothing when they are off the list', () => {
    const drawn = (state: ReturnType<typeof foldAll>) =>
      [cell, other, '532801001-099'].map((name) => drawnAs(surveyOf(state, sceneNow), name))
    const overdue = told(1, '532801001-099', { openEvents: 1, overdueEvents: 1 })
    expect(drawn(foldLines(told(1, cell)))).toEqual(['normal', 'unknown', 'unknown'])
    expect(drawn(foldListed(told(1, cell)))).toEqual(['normal', 'unknown', 'normal'])
    expect(drawn(foldListed(overdue))).toEqual(['unknown', 'unknown', 'overdue'])
  })

  it('are refused where a township lies elsewhere, with the field and the mend', () => {
    const { body, example } = gridCellEvents['cell.listed']
    expect(body.safeParse(example).success).toBe(true)
    const wrong = (change: object) => {
      const [issue] = body.safeParse({ ...example, ...change }).error!.issues
      return [issue!.path.join('.'), issue!.message]
    }
    expect(wrong({ division: '532823' })).toEqual([
      'townships.0.township',
      'must lie in `division`',
    ])
    expect(wrong({ townships: [{ township: '532801001', cells: ['17'] }] })).toEqual([
      'townships.0.cells.0',
      'three digits',
    ])
    expect(wrong({ division: '53280' })[0]).toBe('division')
    // no more lists can stand than there are divisions
    expect(wrong({ division: '532899', townships: [] })).toEqual([
      'division',
      'the prefecture has no such division',
    ])
    expect(wrong({ townships: [{ township: '532801999', cells: [] }] })).toEqual([
      'townships.0.township',
      'the prefecture has no such township',
    ])
  })
})

describe('where small counts are withheld', () => {
  const sharedOf = (...lines: SceneLine[]) =>
    figuresFor(gridCells, foldLines(...lines), 'shared', sceneNow)
  const said = (figures: ReturnType<typeof sharedOf>, ...names: string[]) =>
    names
      .map((name) => figures[name]!)
      .map(({ value, under, beside }) => {
        if (under) return beside ? '*' : `<${under}`
        return value
      })

  it('events are, and cells by status are not', () => {
    const few = sharedOf(told(1, cell, { openEvents: 4, overdueEvents: 1, closedToday: 4 }))
    expect(said(few, 'openEvents', 'overdueEvents', 'closedToday', 'escalations')).toEqual(
      Array(4).fill('<5'),
    )
    expect(said(few, 'overdue', 'normal', 'staffed')).toEqual([1, 0, 1])
    const many = sharedOf(told(1, cell, { openEvents: 14, overdueEvents: 5, closedToday: 5 }))
    expect(said(many, 'openEvents', 'overdueEvents', 'closedToday')).toEqual([14, 5, 5])
  })

  it('so is a part that leaves few out', () => {
    const figures = sharedOf(told(1, cell, { openEvents: 14, overdueEvents: 11 }))
    expect(said(figures, 'openEvents', 'overdueEvents')).toEqual([14, '*'])
  })

  it('so is the least level that would tell what those above it come to', () => {
    const up = (count: number, to: string) =>
      Array.from({ length: count }, (_, n) => raised(30, cell, `${to}-${n}`, 'grid', to))
    const names = levels.map((level) => `${level}Share`)
    const figures = sharedOf(
      told(1, cell, { closedToday: 81 }),
      ...up(12, 'village'),
      ...up(6, 'township'),
      ...up(1, 'county'),
    )
    expect(said(figures, ...names)).toEqual([0.81, 0.12, '<5', '<5', '<5'])
    const six = gridShareName('532801001')
    expect(said(figures, six)).toEqual([0.81])
    expect(said(sharedOf(told(1, cell, { closedToday: 81 }), ...up(4, 'village')), six)).toEqual([
      '<5',
    ])
  })
})

describe('the worst cells', () => {
  it('come in the order in which somebody is needed, each with its reasons', () => {
    const state = foldLines(
      told(45, '532801001-003', { overdueEvents: 1, openEvents: 1 }),
      told(1, '532801001-004', { openEvents: 4 }),
      told(1, '532801001-005'),
      told(1, '532801001-006'),
      raised(9, '532801001-006', 'A', 'village', 'township'),
      told(1, '532801001-007', { openEvents: 1, overdueEvents: 1 }),
      raised(9, '532801001-007', 'B', 'grid', 'village'),
      told(1, '532801001-008', { openEvents: 2, overdueEvents: 2 }),
    )
    const rows = worstCells(state, sceneNow)
    expect(rows.map(({ cell, status, raisedTo }) => [cell.slice(-1), status, raisedTo])).toEqual([
      ['8', 'overdue', null],
      ['7', 'overdue', null],
      ['6', 'escalated', 'township'],
      ['4', 'attention', null],
      ['3', 'silent', null],
    ])
  })
})

it('is surveyed once for all figures, and anew after every event and every minute', () => {
  const state = foldLines(told(1, cell))
  const survey = surveyOf(state, sceneNow)
  expect(surveyOf(state, sceneNow)).toBe(survey)
  expect(surveyOf(state, sceneNow + minuteMs)).not.toBe(survey)
  gridCells.evolve(state, { ...sceneOf([told(0, other, { openEvents: 3 })])[0]!, id: 'x' })
  expect(numberOf(state, 'attention')).toBe(1)
})

it('compares townships that have something to compare, the lowest first', () => {
  const state = foldLines(
    told(1, cell, { closedToday: 12 }),
    raised(9, cell, 'A', 'grid', 'village'),
    told(1, third, { closedToday: 8 }),
    raised(9, third, 'B', 'grid', 'village'),
    raised(8, third, 'C', 'grid', 'village'),
    told(1, '532822101-001', { closedToday: 1 }),
    raised(9, '532822101-001', 'D', 'grid', 'village'),
  )
  const rows = townshipRows(state, sceneNow)
  expect(rows).toHaveLength(35)
  expect(lowestTownships(rows).map(({ township, total }) => [township, total])).toEqual([
    ['532823105', 10],
    ['532801001', 13],
  ])
  expect(rows.find(({ township }) => township === '532801003')?.gridShare).toBeNull()
})

it('keeps nothing beyond its time', () => {
  const later = sceneOf([told(-(keptMs / minuteMs) - 2, other)])
  const state = foldAll(later, foldLines(told(0, cell), raised(0, cell, 'A', 'grid', 'village')))
  expect([[...state.reports.keys()], state.escalations.size]).toEqual([[other], 0])
})

it('refuses an escalation that goes down, and a cell of no township', () => {
  const { body } = gridCellEvents['cell.escalated']
  const step = gridCellEvents['cell.escalated'].example
  expect(body.safeParse(step).success).toBe(true)
  expect(body.safeParse({ ...step, from: 'township', to: 'village' }).success).toBe(false)
  expect(body.safeParse({ ...step, to: step.from }).success).toBe(false)
  expect(body.safeParse({ ...step, cell: '532801-017' }).success).toBe(false)
})

it('goes through the cells once for all figures of a moment, and once more after an event', () => {
  const state = foldAll(gridCellScenes.flood)
  const walk = state.reports.entries.bind(state.reports)
  let walks = 0
  state.reports[Symbol.iterator] = () => {
    walks += 1
    return walk()
  }
  const ask = () => {
    for (const select of Object.values(gridCells.figures)) select(state, sceneNow)
    worstCells(state, sceneNow)
    return walks
  }
  expect([ask(), ask()]).toEqual([1, 1])
  gridCells.evolve(state, sceneOf([told(0, cell)])[0]!)
  expect([ask(), ask()]).toEqual([2, 2])
})
