import type { Component } from 'vue'
import {
  type Area,
  alarmPanels,
  areas,
  type Format,
  formats,
  listPanels,
  type Scene,
} from './scenes/scene.ts'

export interface FoundPanel {
  /** `incidents.queue`, of `topics/incidents/incidents.queue.panel.vue` */
  name: string
  topic: string
  component: Component
  /** takes all the room that the others of its column leave */
  isList: boolean
}

/** Panels by name, from their files' paths. */
export const findPanels = (found: Record<string, Component>): ReadonlyMap<string, FoundPanel> =>
  new Map(
    Object.entries(found).map(([path, component]) => {
      const [, topic = '', name = ''] = /\/([^/]+)\/([^/]+)\.panel\.vue$/.exec(path) ?? []
      return [name, { name, topic, component, isList: listPanels.includes(name) }]
    }),
  )

/** The panels that no scene knows: a topic that was only just added. */
export const unplacedPanels = (
  panels: ReadonlyMap<string, FoundPanel>,
  all: readonly Scene[],
): FoundPanel[] => {
  const known = new Set<string>([
    ...alarmPanels,
    ...all.flatMap(({ places }) =>
      formats.flatMap((format) => Object.values(places[format]).flat()),
    ),
  ])
  return Array.from(panels.values()).filter(({ name }) => !known.has(name))
}

/** Sorts panels into the places that a scene gives them in a format; the unplaced come last on the left. */
export const placePanels = (
  panels: ReadonlyMap<string, FoundPanel>,
  { places }: Scene,
  format: Format,
  unplaced: readonly FoundPanel[] = [],
): Record<Area, FoundPanel[]> => {
  const there = (names: readonly string[] = []) => names.flatMap((name) => panels.get(name) ?? [])
  const placed = Object.fromEntries(
    areas.map((area) => [
      area,
      area === 'alarm' ? there(alarmPanels).slice(0, 1) : there(places[format][area]),
    ]),
  ) as Record<Area, FoundPanel[]>
  placed[format === 'portrait' ? 'band' : 'left'].push(...unplaced)
  return placed
}
