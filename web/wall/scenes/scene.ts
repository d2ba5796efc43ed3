import type { MapTarget } from '#web/kit/map/view.ts'

/**
 * The places of a wall. `lede`: the line that is read first, above the map · `left`, `second`, `third`: columns left of the map, from the edge inwards · `fourth`, `fifth`:
 * right of it, outwards · `band`: under the map · `alarm`, `right`, `below`: the last column, the kept place for a
 * priority-1 alarm on top.
 */
export const areas = [
  'lede',
  'left',
  'second',
  'third',
  'fourth',
  'fifth',
  'band',
  'alarm',
  'right',
] as const
export type Area = (typeof areas)[number]

/** `compact`: a single screen · `wide`: a wall of several · `vast`: of many side by side · `portrait`: higher than wide. */
export const formats = ['compact', 'wide', 'vast', 'portrait'] as const
export type Format = (typeof formats)[number]

/** What stands where, from top to bottom. What does not fit whole is left out, so the order is one of weight. */
export type Places = Partial<Record<Exclude<Area, 'alarm'>, readonly string[]>>

/** The names of the scenes, in the order of their keys and of a walk through them. */
export const sceneNames = ['overview', 'border', 'grid', 'anti-fraud', 'forces', 'sources'] as const
export type SceneName = (typeof sceneNames)[number]

export interface Scene {
  map: MapTarget
  /** layers that lie on the map at first; null: all */
  layers: readonly string[] | null
  places: Record<Format, Places>
}

/** The same place on every scene, never covered: the first of these that there is. */
export const alarmPanels = ['alarms.zone', 'incidents.alarm'] as const

/** Panels that are lists: as the last of a column, one takes all the room that is left. */
export const listPanels: readonly string[] = [
  'incidents.queue',
  'patrols.segments',
  'grid-cells.worst',
  'alarms.list',
  'feed-health.sources',
]

/** Lists that say nothing in fewer lines than these, in sizes of a word. */
export const leastListEm: Readonly<Record<string, number>> = { 'feed-health.sources': 16 }
