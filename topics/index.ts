import type { EventDefinitions } from '#protocol/definition.ts'
import type { Topic } from '#protocol/topic.ts'
import { incidentEvents } from './incidents/incidents.events.ts'
import { incidents } from './incidents/incidents.ts'

/** Every subject of the wall; server and screens fold the same list. */
export const topics: readonly Topic[] = [incidents]

/** What the door accepts, by event type. Server only: a screen that imports it would carry the schemas. */
export const definitions: EventDefinitions = { ...incidentEvents }
