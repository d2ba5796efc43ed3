import type { Component } from 'vue'
import type { FoundPanel } from '../wall/panels.ts'

const found = import.meta.glob<Component>('../../topics/[a-z]*/*.panel.vue', {
  eager: true,
  import: 'default',
})

/** Every panel that there is, by its file, in the order of their names. */
export const foundPanels: readonly FoundPanel[] = Object.entries(found)
  .flatMap(([path, component]) => {
    const [, topic, name] = /\/([^/]+)\/([^/]+)\.panel\.vue$/.exec(path) ?? []
    return topic && name ? [{ name, topic, component }] : []
  })
  .sort((a, b) => (a.name < b.name ? -1 : 1))
