import { expect, it } from 'vitest'
import type { FeedEvent } from '#protocol/event.ts'
import { sceneNow } from '#protocol/scene.ts'
import { callsByHourOfDay } from './incidents.hours.ts'
import { queueRows, shortNumber } from './incidents.rows.ts'
import { incidentScenes } from './incidents.scenes.ts'
import { incidents } from './incidents.ts'
import { fitRows } from './queue-fit.ts'

const foldAll = (events: readonly FeedEvent[]) => {
  const state = incidents.initial()
  for (const event of events) incidents.evolve(state, event)
  return state
}
const figureOf = (state: ReturnType<typeof foldAll>, name: string) =>
  incidents.figures[name]!(state, sceneNow).value

it.each([
  ['20261122-0417', '0417'],
  ['SF16146559', '6559'],
  ['7', '7'],
  ['A-12/b', '12'],
  ['ghost-story', '-story'],
])('%s is called %s', (incident, short) => {
  expect(shortNumber(incident)).toBe(short)
})

it('shows as many rows as the figure counts, gravest first', () => {
  const state = foldAll(incidentScenes.flood)
  const rows = queueRows(state)
  expect(rows).toHaveLength(figureOf(state, 'open')!)
  expect(rows.map(({ level }) => level)).toEqual(rows.map(({ level }) => level).toSorted())
  expect(rows.every(({ simulated, place }) => simulated && place)).toBe(true)
})

it('gives a visitor neither place nor words', () => {
  const rows = queueRows(incidents.redact(foldAll(incidentScenes.busy), 'visitor'))
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every(({ place, summary, units }) => !place && !summary && units === 0)).toBe(true)
})

it('draws the same calls by the hour as the figures count', () => {
  const state = foldAll(incidentScenes.busy)
  const hours = callsByHourOfDay(state, sceneNow)
  const sum = (list: (number | null)[]) => list.reduce<number>((all, one) => all + (one ?? 0), 0)
  expect(sum(hours.map(({ today }) => today))).toBe(figureOf(state, 'today'))
  expect(sum(hours.slice(0, 22).map(({ today }) => today))).toBe(figureOf(state, 'todayToHour'))
  expect(hours[23]).toEqual({ hour: 23, today: null, usual: null })
})

it('draws what is usual as the mean of the weeks that there are', () => {
  const weekMs = 7 * 86_400_000
  const [report] = incidentScenes.busy.filter(({ type }) => type === 'incident.reported')
  const weeksBack = (weeks: number, incident: string): FeedEvent => ({
    ...report!,
    id: incident,
    at: sceneNow - weeks * weekMs,
    seenAt: sceneNow,
    flags: ['backfill'],
    body: { ...report!.body, incident },
  })
  const state = foldAll([
    weeksBack(3, 'a'),
    weeksBack(2, 'b'),
    weeksBack(2, 'c'),
    weeksBack(0, 'd'),
  ])
  // the week of the first call began before it: only the two whole ones count
  expect(callsByHourOfDay(state, sceneNow)[22]).toEqual({ hour: 22, today: 1, usual: 1 })
})

it('knows nothing of a day that it was told nothing of', () => {
  const hours = callsByHourOfDay(incidents.initial(), sceneNow)
  expect(hours.every(({ today, usual }) => today === null && usual === null)).toBe(true)
})

const sizes = { wordPx: 30, valuePx: 36 }
it('fits whole rows of one height, and says how many are left', () => {
  const wide = { widthPx: 1200, heightPx: 600 }
  expect(fitRows(11, wide, sizes, 'zh')).toEqual({ lines: 1, rowPx: 52, rows: 11, more: 0 })
  expect(fitRows(12, wide, sizes, 'zh')).toEqual({ lines: 1, rowPx: 52, rows: 10, more: 2 })
  expect(fitRows(150, wide, sizes, 'zh')).toMatchObject({ rows: 10, more: 140 })
  expect(fitRows(3, { ...wide, widthPx: 600 }, sizes, 'zh').lines).toBe(2)
  expect(fitRows(3, { ...wide, widthPx: 900 }, sizes, 'en').lines).toBe(2)
  expect(fitRows(3, null, sizes, 'zh').rows).toBe(0)
})
