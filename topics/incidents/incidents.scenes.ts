import type { Body } from '#protocol/event.ts'
import { type SceneLine, type Scenes, sceneOf } from '#protocol/scene.ts'
import { sceneIncidents } from '#protocol/scene-incidents.ts'
import { categories } from './incidents.codes.ts'

const places = [
  { division: '532801001', lon: 100.79, lat: 22.0 },
  { division: '532801104', lon: 100.92, lat: 21.85 },
  { division: '532822101', lon: 100.45, lat: 21.96 },
  { division: '532822102', lon: 100.04, lat: 21.69 },
  { division: '532823101', lon: 101.57, lat: 21.48 },
  { division: '532823105', lon: 101.68, lat: 21.19 },
]
const summaries = ['道路占用', '噪声扰民', '路面积水', '货车侧翻', '走失求助', '邻里纠纷']

const toldOf = [...sceneIncidents.grave, sceneIncidents.waiting]

/** The life of the nth incident, from its call to the step it has reached now. */
const life = (n: number, usualAgo: number, level: number, lastStep: number): SceneLine[] => {
  const incident = String(400 + n).padStart(4, '0')
  // of some, alarms tell too
  const { minutesAgo = usualAgo, ...told } =
    toldOf.find((one) => one.incident === incident && one.level === level) ?? {}
  const unit = `U-${(n % 40) + 1}`
  const report: Body = {
    incident,
    category: categories[n % categories.length]!,
    level,
    summary: summaries[n % summaries.length]!,
    ...places[n % places.length]!,
    ...told,
  }
  const steps: [number, string, Body][] = [
    [0, 'incident.reported', report],
    [1.5, 'incident.dispatched', { incident, units: [unit] }],
    [2, 'incident.acknowledged', { incident, unit }],
    [3, 'incident.enRoute', { incident, unit }],
    [9 + (n % 7), 'incident.onScene', { incident, unit }],
    [25, 'incident.handled', { incident }],
    [28, 'incident.fedBack', { incident }],
    [30, 'incident.unitCleared', { incident, unit }],
    [31, 'incident.closed', { incident, outcome: '已处置' }],
  ]
  return steps.slice(0, lastStep + 1).map(([after, type, body]) => [minutesAgo - after, type, body])
}

const over = (count: number): SceneLine[] =>
  Array.from({ length: count }, (_, n) => life(n, 60 + n * 12, (n % 3) + 2, 8)).flat()

const open = (count: number, level1: number): SceneLine[] =>
  Array.from({ length: count }, (_, n) =>
    life(
      500 + n,
      2 + (n % 28),
      n < level1 ? 1 : 2 + (n % 3),
      Math.min(n % 6, Math.floor((2 + (n % 28)) / 4)),
    ),
  ).flat()

export const incidentScenes: Scenes = {
  empty: [],
  quiet: sceneOf([...over(30), ...open(3, 0)]),
  busy: sceneOf([...over(110), ...open(12, 1)]),
  flood: sceneOf([...over(110), ...open(150, 4)], { flags: ['simulated'] }),
  // the last word came hours ago: what stands there must not look live
  silent: sceneOf([...over(40), ...open(4, 0)].map(([ago, type, body]) => [ago + 300, type, body])),
}
