import type { Scenes } from '#protocol/scene.ts'
import { alarmScenes } from './alarms/alarms.scenes.ts'
import { alarms } from './alarms/alarms.ts'
import { fraudScenes } from './anti-fraud/anti-fraud.scenes.ts'
import { antiFraud } from './anti-fraud/anti-fraud.ts'
import { feedHealthScenes } from './feed-health/feed-health.scenes.ts'
import { feedHealth } from './feed-health/feed-health.ts'
import { gridCellScenes } from './grid-cells/grid-cells.scenes.ts'
import { gridCells } from './grid-cells/grid-cells.ts'
import { incidentScenes } from './incidents/incidents.scenes.ts'
import { incidents } from './incidents/incidents.ts'
import { patrolScenes } from './patrols/patrols.scenes.ts'
import { patrols } from './patrols/patrols.ts'

/**
 * Named lists of events by topic: for tests, the gallery and screenshots. Apart from the list of topics, which every
 * screen imports: no wall carries them.
 */
export const scenes: Record<string, Scenes> = {
  [alarms.name]: alarmScenes,
  [incidents.name]: incidentScenes,
  [antiFraud.name]: fraudScenes,
  [gridCells.name]: gridCellScenes,
  [patrols.name]: patrolScenes,
  [feedHealth.name]: feedHealthScenes,
}
