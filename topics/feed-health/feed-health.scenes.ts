import type { Body, FeedEvent, Flag } from '#protocol/event.ts'
import { type Scenes, sceneNow } from '#protocol/scene.ts'
import { ownSource, type SourceTitle } from '#protocol/source.ts'
import type { FeedFault } from './feed-health.codes.ts'
import type { CountedSource } from './feed-health.events.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const openedAt = sceneNow - 3 * 24 * hourMs
const cause = 'tick'

interface Line {
  /** ms before now, of arrival */
  agoMs: number
  lagMs: number
  source: string
  type: string
  body: Body
  flags: Flag[]
}

/** In order of arrival, as the feed would bring them. */
const told = (lines: readonly Line[]): FeedEvent[] =>
  lines
    .toSorted((a, b) => b.agoMs - a.agoMs)
    .map(({ agoMs, lagMs, source, type, body, flags }, index) => {
      const seenAt = Math.round(sceneNow - agoMs)
      const at = seenAt - lagMs
      return { seq: index + 1, id: `feed-${index + 1}`, type, at, seenAt, source, flags, body }
    })

const noticed = (agoMs: number, type: string, body: Body): Line => ({
  ...{ agoMs, lagMs: 0, source: ownSource, type, flags: [] },
  body: { ...body, cause },
})

/** A record of a source: the topic looks at its envelope alone. */
const record = (source: string, agoMs: number, lagMs = 1500, flags: Flag[] = []): Line => ({
  ...{ agoMs, lagMs, source, flags },
  type: 'fraud.measured',
  body: { measure: 'calls-blocked', count: 1, division: '532800' },
})

/** Not every source says what it is called. */
const titles: Record<string, SourceTitle> = {
  'cad-110': { zh: '接处警', en: '110 calls' },
  positions: { zh: '定位平台', en: 'positions' },
  mediation: { zh: '调解中心', en: 'mediation' },
  carriers: { zh: '通信运营商', en: 'carriers' },
  grid: { zh: '网格平台', en: 'grid platform' },
}

const declared = (source: string, intervalMs: number): Line => {
  const title = titles[source]
  const body = { source, intervalMs, numberPatterns: [], ...(title && { title: { ...title } }) }
  return noticed(70 * hourMs, 'feed.declared', body)
}

const counted = (agoMs: number, sources: Partial<CountedSource>[]): Line =>
  noticed(agoMs, 'feed.counted', {
    openedAt,
    sources: sources.map((one) => ({
      ...{ duplicates: 0, refused: 0, masked: 0, fixes: 0, heardAt: sceneNow - agoMs - 2000 },
      ...one,
    })) as Body[],
  })

const raised = (source: string, fault: FeedFault, agoMs: number, more: Body = {}): Line =>
  noticed(agoMs, 'feed.faultRaised', { source, fault, since: sceneNow - agoMs, ...more })

const cleared = (source: string, fault: FeedFault, agoMs: number): Line =>
  noticed(agoMs, 'feed.faultCleared', { source, fault })

/** Every `everyMs` over the last `forMs`. */
const records = (source: string, everyMs: number, forMs: number, lagMs?: number): Line[] =>
  Array.from({ length: Math.floor(forMs / everyMs) }, (_, n) =>
    record(source, 3000 + n * everyMs, lagMs),
  )

/** What came on the two days before, sent as history. */
const history = (source: string, everyMs: number): Line[] =>
  Array.from({ length: Math.floor((40 * hourMs) / everyMs) }, (_, n) =>
    record(source, 23 * hourMs, n * everyMs, ['backfill']),
  )

const dispatch = [
  declared('cad-110', 10_000),
  ...history('cad-110', 20 * minuteMs),
  ...records('cad-110', 5 * minuteMs, 10 * hourMs),
]
const quietly = (source: string): Line[] => [
  declared(source, 30_000),
  record(source, 3 * hourMs),
  record(source, 2 * hourMs),
]
const positions = [
  declared('positions', 10_000),
  counted(hourMs, [{ source: 'positions', fixes: 2_400_000 }]),
]

const day = [...dispatch, ...quietly('mediation'), ...quietly('courts'), ...positions]
const alive = ['cad-110', 'mediation', 'courts'].map((source) => ({ source }))
const lastCount = counted(20_000, [...alive, { source: 'positions', fixes: 4_100_000 }])

export const feedHealthScenes: Scenes = {
  empty: [],
  quiet: told([...day, lastCount]),
  busy: told([
    ...day,
    lastCount,
    declared('carriers', 30_000),
    ...records('carriers', minuteMs, hourMs, 150_000),
    raised('carriers', 'late', 8 * minuteMs, { lagMs: 150_000, limitMs: 60_000 }),
    declared('grid', 30_000),
    ...records('grid', 12_000, 2 * hourMs),
    counted(5 * minuteMs, [{ source: 'grid', duplicates: 3, refused: 24, masked: 2 }]),
    raised('grid', 'rubbish', 4.5 * minuteMs, { count: 21, lines: 71 }),
    declared('border', 15_000),
    record('border', 55 * minuteMs),
    raised('border', 'silent', 23_000, { limitMs: 22_500 }),
    raised('courts', 'doubled', 50 * minuteMs, { count: 25, lines: 60 }),
    cleared('courts', 'doubled', 30 * minuteMs),
    record('old-relay', 40 * minuteMs),
    declared('gone', 30_000),
    noticed(60 * hourMs, 'feed.retired', { source: 'gone' }),
  ]),
  flood: told([
    ...day,
    ...Array.from({ length: 60 }, (_, n) => {
      const source = `unit-system-${String(n + 1).padStart(2, '0')}`
      const fault = (['silent', 'late', 'clock', 'rubbish', 'doubled'] as const)[n % 5]!
      return [
        declared(source, 10_000 + 1000 * n),
        ...Array.from({ length: 20 }, (_, k) =>
          record(source, 4000 + 25_000 * k, 1000 + 700 * k, ['simulated']),
        ),
        ...(n % 3 === 0
          ? [
              raised(source, fault, 20_000 + 9000 * n, {
                count: 30 + n,
                lines: 90 + n,
                lagMs: 90_000,
              }),
            ]
          : []),
      ]
    }).flat(),
    counted(
      minuteMs,
      Array.from({ length: 60 }, (_, n) => ({
        source: `unit-system-${String(n + 1).padStart(2, '0')}`,
        duplicates: 31 * n,
        refused: 17 * n,
        masked: n % 7,
      })),
    ),
  ]),
  // nobody has said a word for hours
  silent: told([
    ...['cad-110', 'mediation', 'courts', 'positions'].flatMap((source) => [
      declared(source, 10_000),
      record(source, 5 * hourMs),
      raised(source, 'silent', 5 * hourMs - 15_000, { limitMs: 15_000 }),
    ]),
  ]),
}
