import type { Body } from '#protocol/event.ts'
import { sceneNow } from '#protocol/scene.ts'
import { definitions } from '#topics/index.ts'
import { scenes } from '#topics/scenes.ts'
import { jsonOf } from './door.ts'

/** The server's clock at every door, ms: chosen, so that an input does the same on any day. */
export const doorNow = sceneNow

/** An event of each type, as a sender would write it, and some with what only few write. */
export const eventExamples: readonly {
  id: string
  type: string
  at: number
  source: string
  body: Body
}[] = Object.entries(definitions).map(([type, { example }], n) => ({
  id: `cad-${n}`,
  type,
  at: doorNow - 1000 * n,
  source: 'cad',
  body: example,
}))

const sparing = <T>(list: readonly T[], atMost: number): readonly T[] =>
  list.filter((_, n) => n % Math.ceil(list.length / atMost) === 0)

/** Every kind of event once from each scene of each topic, as the feed has them. */
export const sceneEvents = Object.values(scenes)
  .flatMap((of) => Object.values(of))
  .flatMap((events) => sparing(events, 20))

export const eventLines = [
  ...eventExamples.map(jsonOf),
  ...eventExamples
    .slice(0, 6)
    .map((event) => jsonOf({ ...event, crs: 'gcj02', body: { ...event.body, v: 1 } })),
  ...sparing(sceneEvents, 60).map(({ id, type, at, source, body }) =>
    jsonOf({ id, type, at, source, body }),
  ),
]

export const fixLines = [
  { unit: 'JH-12', at: doorNow, lon: 100.797, lat: 22.009 },
  { unit: '云K巡03', at: doorNow - 900, lon: 101.25, lat: 21.48, speedKmh: 41.5, headingDeg: 360 },
  { unit: 'ML-03', at: doorNow, lon: 100.1, lat: 21.9, crs: 'gcj02' },
  {
    unit: 'a',
    at: doorNow - 86_000_000,
    lon: -180,
    lat: 90,
    speedKmh: 0,
    headingDeg: 0,
    crs: 'bd09',
  },
].map(jsonOf)

export const aliveLines = [
  { source: 'cad', intervalMs: 10_000 },
  { source: 'grid' },
  { source: 'gps', intervalMs: 60_000, numberPatterns: ['ML#########', '@@-??##'] },
  { source: 'old', retired: true },
].map(jsonOf)
