import { type Audience, effectiveAt, type FeedEvent } from '#protocol/event.ts'
import type { Figure, Provenance } from '#protocol/figure.ts'
import { provenanceOf } from '#protocol/provenance.ts'
import type { Topic } from '#protocol/topic.ts'
import type { TemplateBodies } from './template.events.ts'

interface Place {
  count: number
  /** absent where an audience may not have it */
  remark?: string
  at: number
  source: string
  simulated: boolean
  newest: Provenance['newest']
}
interface Things {
  byPlace: Map<string, Place>
  heardAt: Map<string, number>
}

/** A body as every audience gets it: what visitors may not have is optional. */
type Counted = TemplateBodies['thing.counted']
type Seen = Omit<Counted, 'remark'> & Partial<Counted>

const evolve = (state: Things, event: FeedEvent): void => {
  const { place, count, remark } = event.body as unknown as Seen
  const at = effectiveAt(event)
  state.heardAt.set(event.source, Math.max(state.heardAt.get(event.source) ?? 0, event.seenAt))
  const known = state.byPlace.get(place)
  if (known && known.at > at) return
  state.byPlace.set(place, {
    count,
    ...(remark !== undefined && { remark }),
    at,
    source: event.source,
    simulated: event.flags.includes('simulated'),
    newest: { id: event.id, at: event.at, seenAt: event.seenAt },
  })
}

const withoutRemark = ({ remark: _, ...place }: Place): Place => place

const redact = (state: Things, audience: Audience): Things =>
  audience !== 'visitor'
    ? state
    : {
        ...state,
        byPlace: new Map(Array.from(state.byPlace, ([key, place]) => [key, withoutRemark(place)])),
      }

const total = (state: Things): Figure => {
  const places = Array.from(state.byPlace.values())
  return {
    value: places.length === 0 ? null : places.reduce((sum, { count }) => sum + count, 0),
    unit: 'count',
    provenance: provenanceOf(
      'template.rule.total',
      null,
      places.map(({ source, simulated, newest }) => ({
        sources: [source],
        count: 1,
        simulated,
        newest,
      })),
    ),
  }
}

/** Copy this folder, rename, fill what you need, and add it to `topics/index.ts`. */
export const template: Topic<Things> = {
  name: 'template',
  stateVersion: 1,
  nouns: ['thing'],
  staleAfterMs: 10 * 60_000,
  initial: () => ({ byPlace: new Map(), heardAt: new Map() }),
  evolve,
  heard: (state) => state.heardAt,
  redact,
  figures: { total },
}
