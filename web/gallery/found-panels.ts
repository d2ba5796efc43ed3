import type { Component } from 'vue'
import { type FoundPanel, findPanels } from '../wall/panels.ts'

const found = import.meta.glob<Component>('../../topics/[a-z]*/*.panel.vue', {
  eager: true,
  import: 'default',
})

/** Every panel that there is, in the order of their names. */
export const foundPanels: readonly FoundPanel[] = Array.from(findPanels(found).values()).sort(
  (a, b) => (a.name < b.name ? -1 : 1),
)
