import type { CommandDefinitions } from '#protocol/command.ts'
import type { EventDefinitions } from '#protocol/definition.ts'
import type { Topic } from '#protocol/topic.ts'
import { alarmCommands } from './alarms/alarms.commands.ts'
import { alarmEvents } from './alarms/alarms.events.ts'
import { alarms } from './alarms/alarms.ts'
import { alarmWatch } from './alarms/alarms.watch.ts'
import { fraudEvents } from './anti-fraud/anti-fraud.events.ts'
import { antiFraud } from './anti-fraud/anti-fraud.ts'
import { feedEvents } from './feed-health/feed-health.events.ts'
import { feedHealth } from './feed-health/feed-health.ts'
import { gridCellEvents } from './grid-cells/grid-cells.events.ts'
import { gridCells } from './grid-cells/grid-cells.ts'
import { incidentEvents } from './incidents/incidents.events.ts'
import { incidents } from './incidents/incidents.ts'
import { patrolEvents } from './patrols/patrols.events.ts'
import { patrols } from './patrols/patrols.ts'

/** Every subject of the wall; server and screens fold the same list. */
export const topics: readonly Topic[] = [
  alarms,
  incidents,
  antiFraud,
  gridCells,
  patrols,
  feedHealth,
]

/** Folded on the server only; what they notice comes to the screens as events. */
export const watches: readonly Topic[] = [alarmWatch]

/** What the door accepts, by event type. Server only: a screen that imports it would carry the schemas. */
export const definitions: EventDefinitions = /* @__PURE__ */ Object.assign(
  {},
  alarmEvents,
  incidentEvents,
  fraudEvents,
  gridCellEvents,
  patrolEvents,
  feedEvents,
)

/** What people may have done, by command type. Server only, like `definitions`. */
export const commands: CommandDefinitions = alarmCommands
