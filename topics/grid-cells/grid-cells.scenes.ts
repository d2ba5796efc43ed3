import { type SceneLine, type Scenes, sceneOf } from '#protocol/scene.ts'
import { builtInCells } from './built-in-cells.ts'
import { townshipOf } from './cell.ts'
import { kinds, levels } from './grid-cells.codes.ts'

/** Listed the day before, and one township once more: nothing has changed in it. */
const listed: SceneLine[] = ['5328', '532801001'].map((division, n) => {
  const within = builtInCells.filter((cell) => cell.startsWith(division))
  const townships = Array.from(Map.groupBy(within, townshipOf), ([township, cells]) => ({
    township,
    cells: cells.map((cell) => cell.slice(10)),
  }))
  return [1500 - n, 'cell.listed', { division, townships }]
})

type Counts = { onDuty: number; openEvents: number; overdueEvents: number; closedToday: number }
const report = (minutesAgo: number, cell: string, counts: Counts): SceneLine => [
  minutesAgo,
  'cell.reported',
  { cell, ...counts },
]

/** The nth cell of every `every`: a report of the last quarter of an hour, most of them with nothing to tell. */
const reports = (every: number, troubles: number): SceneLine[] =>
  builtInCells
    .filter((_, n) => n % every === 0)
    .map((cell, n) => {
      const openEvents = n % 7 === 0 ? 1 + Number(n % 35 === 0) + Number(n % 245 === 0) : 0
      const isOverdue = openEvents > 0 && n % 1000 < troubles
      return report(n % 31 === 30 && n % 1000 < troubles ? 45 : (n % 29) / 2, cell, {
        onDuty: n % 5 === 0 ? 0 : 1 + (n % 2),
        openEvents,
        overdueEvents: isOverdue ? Math.min(openEvents, 1 + (n % 2)) : 0,
        closedToday: n % 3,
      })
    })

/** The nth event that went up, step by step, the last one `minutesAgo`. */
const escalated = (n: number, minutesAgo: number, steps: number): SceneLine[] =>
  Array.from({ length: steps }, (_, step) => [
    minutesAgo + 50 * (steps - step),
    'cell.escalated',
    {
      cell: builtInCells[(n * 37) % builtInCells.length]!,
      event: `WG-${String(n).padStart(4, '0')}`,
      kind: kinds[n % kinds.length]!,
      from: levels[step]!,
      to: levels[step + 1]!,
    },
  ])
const escalations = (count: number): SceneLine[] =>
  Array.from({ length: count }, (_, n) =>
    escalated(n, (n * 53) % 1200, n % 11 === 0 ? 3 : n % 4 === 0 ? 2 : 1),
  ).flat()

export const gridCellScenes: Scenes = {
  empty: [],
  quiet: sceneOf([...listed, ...reports(1, 0), ...escalations(12)]),
  busy: sceneOf([...listed, ...reports(1, 180), ...escalations(150)]),
  flood: sceneOf([...listed, ...reports(1, 1000), ...escalations(900)], { flags: ['simulated'] }),
  // the last word came five hours ago: what stands there must not look live
  silent: sceneOf(
    [...listed, ...reports(2, 60), ...escalations(60)].map(([ago, type, body]) => [
      ago + 300,
      type,
      body,
    ]),
  ),
}
