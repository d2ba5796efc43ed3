import type { Component } from 'vue'
import { type Area, areas, type Format, layouts } from './layout.ts'

export interface FoundPanel {
  /** `incidents.queue`, of `topics/incidents/incidents.queue.panel.vue` */
  name: string
  topic: string
  component: Component
}

/** Sorts panels, by their file's path, into the places that a format gives them; one that no format knows is last on the left. */
export const placePanels = (
  found: Record<string, Component>,
  format: Format,
  places: Record<Format, Partial<Record<Area, readonly string[]>>> = layouts,
): Record<Area, FoundPanel[]> => {
  const panels = new Map(
    Object.entries(found).map(([path, component]) => {
      const [, topic = '', name = ''] = /\/([^/]+)\/([^/]+)\.panel\.vue$/.exec(path) ?? []
      return [name, { name, topic, component }]
    }),
  )
  const known = new Set(Object.values(places).flatMap((each) => Object.values(each).flat()))
  const placed = Object.fromEntries(
    areas.map((area) => [
      area,
      (places[format][area] ?? []).flatMap((name) => panels.get(name) ?? []),
    ]),
  ) as Record<Area, FoundPanel[]>
  const last = placed[format === 'portrait' ? 'band' : 'left']
  last.push(...Array.from(panels.values()).filter(({ name }) => !known.has(name)))
  return placed
}
