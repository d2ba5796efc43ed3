import type { Layer } from '@deck.gl/core'
import type { LegendMark } from '#web/kit/map/legend.ts'
import type { KeepClear } from '#web/kit/map/map-labels.ts'
import type { MapScene, Outline } from '#web/kit/map/view.ts'
import { topicOfLayer } from './layers.ts'
import type { UnitKind } from './unit-layer.ts'

/** What a topic draws on the map, from `topics/<topic>/<topic>.layer.ts`. */
export interface TopicLayer {
  layer(of: MapScene<unknown>): Layer[]
  /** marks that names keep clear of */
  keepClear?(of: MapScene<unknown>): KeepClear[]
  /** what the topic calls a thing of its layers */
  idOf?(object: unknown): string
  /** and where that is, when it is not where somebody pointed */
  placeOf?(object: unknown): readonly [number, number]
  /** its edge, to mark what a click would take */
  outlineOf?(object: unknown): Outline
  /** what it knows of units */
  unitKinds?(state: unknown, now: number): ReadonlyMap<string, UnitKind>
  /** how a unit is called on the radio */
  callSignOf?(state: unknown, unit: string): string | undefined
  /** what its marks mean */
  legend?: readonly LegendMark[]
  /** how many things it knows and cannot draw, for want of a shape */
  withoutShape?(of: MapScene<unknown>): number
  /** the key of what must be said of its shapes */
  note?(): string | null
}

const found = import.meta.glob<TopicLayer>('../../topics/[a-z]*/*.layer.ts', { eager: true })

/** The layers of all topics that have one. */
export const layeredTopics: readonly { topic: string; of: TopicLayer }[] = Object.entries(
  found,
).map(([path, of]) => ({ topic: topicOfLayer(path), of }))
