import { expect, it } from 'vitest'
import { dayMs, hourMs, minuteMs } from '#protocol/beijing.ts'
import type { Body, FeedEvent, Flag } from '#protocol/event.ts'
import { sceneNow } from '#protocol/scene.ts'
import { ownSource } from '#protocol/source.ts'
import type { FeedHealth } from './feed.ts'
import { feedRows } from './feed-health.rows.ts'
import { feedHealthScenes } from './feed-health.scenes.ts'
import { feedHealth } from './feed-health.ts'

let seq = 0
const eventOf = (of: Partial<FeedEvent> & { body?: Body }): FeedEvent => {
  seq += 1
  const { at = sceneNow, seenAt = at } = of
  const plain = { id: `e-${seq}`, type: 'cell.reported', source: 'cad', flags: [], body: {} }
  return { ...plain, ...of, seq, at, seenAt }
}
const noticed = (type: string, body: Body, at = sceneNow, flags: Flag[] = []) =>
  eventOf({ type: `feed.${type}`, source: ownSource, at, flags, body: { cause: 'tick', ...body } })
const fold = (events: readonly FeedEvent[]): FeedHealth => {
  const state = feedHealth.initial()
  for (const event of events) feedHealth.evolve(state, event)
  return state
}
const figureOf = (state: FeedHealth, name: string, now = sceneNow) =>
  feedHealth.figures[name]!(state, now).value
const figures = (scene: keyof typeof feedHealthScenes, ...names: string[]) => {
  const state = fold(feedHealthScenes[scene])
  return names.map((name) => figureOf(state, name))
}
const standingsOf = (scene: keyof typeof feedHealthScenes) =>
  feedRows(fold(feedHealthScenes[scene]), sceneNow).map(
    ({ source, standing }) => `${source} ${standing}`,
  )

it('counts sources by how they stand', () => {
  const names = ['sources', 'alive', 'silent', 'withFaults', 'undeclared']
  expect(figures('empty', ...names)).toEqual([null, null, null, null, null])
  expect(figures('quiet', ...names)).toEqual([4, 4, 0, 0, 0])
  expect(figures('busy', ...names)).toEqual([7, 6, 1, 3, 1])
  expect(figures('flood', ...names)).toEqual([64, 60, 4, 20, 0])
  expect(figures('silent', ...names)).toEqual([4, 0, 4, 4, 0])
})

it('shows the worst first, and who is alive without a record apart from who said nothing', () => {
  expect(standingsOf('quiet')).toEqual([
    'courts quiet',
    'mediation quiet',
    'cad-110 live',
    'positions live',
  ])
  expect(standingsOf('busy')).toEqual([
    'border silent',
    'carriers late',
    'grid rubbish',
    'old-relay unpromised',
    'courts quiet',
    'mediation quiet',
    'cad-110 live',
    'positions live',
  ])
})

it('lists nobody for lines that nobody has signed, unless they are many', () => {
  const sources = [
    { source: 'unnamed', heardAt: sceneNow, refused: 3, duplicates: 0, masked: 0, fixes: 0 },
  ]
  const state = fold([noticed('counted', { openedAt: 1, sources })])
  expect([feedRows(state, sceneNow), figureOf(state, 'undeclared')]).toEqual([[], 0])
  expect(figureOf(state, 'refusedToday')).toBe(3)
  const body = { source: 'unnamed', fault: 'rubbish', since: sceneNow, count: 12, lines: 12 }
  feedHealth.evolve(state, noticed('faultRaised', body))
  expect(feedRows(state, sceneNow)).toMatchObject([{ source: 'unnamed', standing: 'rubbish' }])
})

it('adds up what the door counted, and tells its faults in words', () => {
  expect(figures('busy', 'duplicatesToday', 'refusedToday', 'maskedToday', 'fixesToday')).toEqual([
    3, 24, 2, 4_100_000,
  ])
  const state = fold(feedHealthScenes.busy)
  expect(feedHealth.faults!(state).map(({ id, severity }) => `${severity} ${id}`)).toEqual([
    'warning late:carriers',
    'warning rubbish:grid',
    'warning silent:border',
  ])
  expect(feedHealth.faults!(state)[1]!.message).toBe('21 of the last 71 lines of grid were refused')
  expect(feedHealth.sources!(state).get('border')).toEqual({
    intervalMs: 15_000,
    numberPatterns: [],
    silentSince: sceneNow - 23_000,
  })
  expect(feedHealth.sources!(state).has('gone')).toBe(false)
})

it('compares today with the same hours of the days before, live and history alike', () => {
  const midnight = sceneNow - ((sceneNow + 8 * hourMs) % dayMs)
  const at = (day: number, hour: number) => midnight - day * dayMs + hour * hourMs + minuteMs
  const history = [9, 3, 2, 1].flatMap((day) =>
    [1, 10, 23].flatMap((hour) =>
      Array.from({ length: day }, () =>
        eventOf({ at: at(day, hour), seenAt: sceneNow, flags: ['backfill'] }),
      ),
    ),
  )
  const live = [0, 5, 22].map((hour) => eventOf({ at: at(0, hour) }))
  const state = fold([...history, ...live])
  // 3 days are known, the third from 01:00 on; of two of them all: 2 × 2 and 2 × 1 up to 22:00
  expect(figureOf(state, 'recordsToday')).toBe(3)
  expect(figureOf(state, 'recordsToHour')).toBe(2)
  expect(figureOf(state, 'recordsUsualToHour')).toBe((2 * 2 + 2 * 1) / 2)
  expect(figureOf(state, 'recordsToday', sceneNow + dayMs)).toBe(0)
  expect(feedRows(state, sceneNow)[0]).toMatchObject({ today: 3, share: 2 / 3 })
})

it('takes a time that cannot be for the arrival, and forgets nothing that is owed', () => {
  const far = sceneNow + 3 * dayMs
  const state = fold([
    noticed('declared', { source: 'cad', intervalMs: 5000, numberPatterns: [] }),
    eventOf({ at: far, seenAt: sceneNow, flags: ['clockSuspect'] }),
    eventOf({ at: far, seenAt: sceneNow, flags: ['backfill'] }),
    eventOf({ source: 'once' }),
  ])
  expect([figureOf(state, 'recordsToday'), figureOf(state, 'recordsToday', far)]).toEqual([3, 0])
  // a clock is believed when it has stood for an hour
  feedHealth.evolve(state, eventOf({ source: 'other', at: sceneNow + 31 * dayMs }))
  expect(state.feeds.size).toBe(3)
  for (let n = 1; n <= 4; n++) {
    const at = sceneNow + 31 * dayMs + (n * hourMs) / 4
    feedHealth.evolve(state, eventOf({ source: 'other', at }))
  }
  expect(Array.from(state.feeds.keys())).toEqual(['cad', 'other'])
  const { records, minutes, lastLags, troubles } = state.feeds.get('cad')!
  expect([records.counts.length, minutes.size, lastLags.length, troubles.size]).toEqual([
    0, 0, 0, 0,
  ])
})

it('forgets as well where hours pass between any two events', () => {
  const days = Array.from({ length: 40 * 8 }, (_, n) => eventOf({ at: sceneNow + n * 3 * hourMs }))
  const { records, minutes } = fold(days).feeds.get('cad')!
  expect(records.counts.length).toBeLessThanOrEqual(9 * 24)
  expect(minutes.size).toBeLessThanOrEqual(3)
})

it('stays small, whatever a source sends', () => {
  const state = fold(
    Array.from({ length: 20_000 }, (_, n) => {
      const seenAt = sceneNow + n * minuteMs
      return eventOf({ at: seenAt - ((n * 7919) % (30 * hourMs)), seenAt })
    }),
  )
  const { records, minutes, lastLags } = state.feeds.get('cad')!
  expect(records.counts.length).toBeLessThanOrEqual(8 * 24 + 1)
  expect(minutes.size).toBeLessThanOrEqual(12)
  expect(lastLags.length).toBeLessThanOrEqual(5)
})

it('believes no declaration that is played back as history', () => {
  const body = { source: 'cad', intervalMs: 5000, numberPatterns: [] }
  const played = fold([noticed('declared', body, sceneNow, ['backfill'])])
  expect([feedHealth.sources!(played).size, played.feeds.size]).toEqual([0, 0])
  expect(feedHealth.sources!(fold([noticed('declared', body)])).size).toBe(1)
})

it('tells every screen what a source is called, and forgets it with the next declaration', () => {
  const title = { zh: '接处警', en: 'emergency calls' }
  const body = { source: 'cad', intervalMs: 5000, numberPatterns: [] }
  const titled = fold([noticed('declared', { ...body, title })])
  expect(feedHealth.sources!(titled).get('cad')?.title).toEqual(title)
  const again = fold([noticed('declared', { ...body, title }), noticed('declared', body)])
  expect(feedHealth.sources!(again).get('cad')?.title).toBeUndefined()
})

it('counts the same totals once, and from nothing after a restart', () => {
  const counted = (openedAt: number, refused: number) =>
    noticed('counted', {
      openedAt,
      sources: [{ source: 'cad', duplicates: 0, refused, masked: 0, fixes: 0 }],
    })
  const state = fold([counted(1, 5), counted(1, 5), counted(1, 7), counted(2, 2), counted(2, 3)])
  expect(figureOf(state, 'refusedToday')).toBe(10)
})
