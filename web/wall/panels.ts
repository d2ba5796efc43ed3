import type { Component } from 'vue'
import { type Area, layout } from './layout.ts'

export interface FoundPanel {
  /** `incidents.queue`, of `topics/incidents/incidents.queue.panel.vue` */
  name: string
  topic: string
  component: Component
}

/** Sorts panels, by their file's path, into the places that the layout gives them. */
export const placePanels = (
  found: Record<string, Component>,
  places: Record<Area, readonly string[]> = layout,
): Record<Area, FoundPanel[]> => {
  const panels = new Map(
    Object.entries(found).map(([path, component]) => {
      const [, topic = '', name = ''] = /\/([^/]+)\/([^/]+)\.panel\.vue$/.exec(path) ?? []
      return [name, { name, topic, component }]
    }),
  )
  const placed = (area: Area) =>
    places[area].flatMap((name) => {
      const panel = panels.get(name)
      panels.delete(name)
      return panel ? [panel] : []
    })
  const [alarm, right, left] = [placed('alarm'), placed('right'), placed('left')]
  return { alarm, right, left: [...left, ...panels.values()] }
}
