import { type ComputedRef, computed } from 'vue'
import type { Figure } from '#protocol/figure.ts'
import type { Topic } from '#protocol/topic.ts'
import { type Freshness, freshnessOf } from './freshness.ts'
import { useWall } from './wall.ts'

/** A figure, and its name on screen and in `/api/state`: `incidents.open`. */
export type NamedFigure = Figure & { name: string }

/**
 * What a panel wants of a topic, computed anew when the state or the server's minute changed.
 * `select` returns fresh values, never a part of the state that may change under the panel.
 */
export const useTopic = <State, Selected>(
  topic: Topic<State>,
  select: (state: State, now: number) => Selected,
): ComputedRef<Selected> => {
  const wall = useWall()
  return computed(() => select(wall.stateOf(topic.name) as State, wall.minute))
}

/** One figure by its full name. */
export const useFigure = (name: string): ComputedRef<NamedFigure> => {
  const wall = useWall()
  const [topicName = '', figureName = ''] = name.split('.')
  const select = wall.topicOf(topicName).figures[figureName]
  if (!select) throw new Error(`there is no figure ${name}`)
  return computed(() => ({ name, ...select(wall.stateOf(topicName), wall.minute) }))
}

/** The server's clock as this picture has it, ms; 0 before the first word. Turns each second. */
export const useNow = (): ComputedRef<number> => {
  const wall = useWall()
  return computed(() => wall.frame.nowMs ?? 0)
}

/** What it must be now by the server's clock, ms: unlike `useNow`, goes on while the link is lost. For ages. */
export const useReckoned = (): ComputedRef<number> => {
  const wall = useWall()
  return computed(() => wall.reckonedMs ?? 0)
}

/** A topic's newest arrival, ms, and how far what is shown of it can be believed. */
export const useFreshness = (
  topicName: string,
): ComputedRef<{ newestMs: number | null; freshness: Freshness }> => {
  const wall = useWall()
  const { heard, staleAfterMs } = wall.topicOf(topicName)
  return computed(() => {
    const arrivals = Array.from(heard(wall.stateOf(topicName)).values())
    const newestMs = arrivals.length > 0 ? Math.max(...arrivals) : null
    const freshness = freshnessOf({
      link: wall.link?.state ?? 'connecting',
      awaitsFirst: wall.awaitsFirst,
      newestMs,
      staleAfterMs,
      nowMs: wall.frame.nowMs ?? 0,
    })
    return { newestMs, freshness }
  })
}
