import { type ComputedRef, computed } from 'vue'
import type { Figure } from '#protocol/figure.ts'
import type { Topic } from '#protocol/topic.ts'
import type { Belief, Freshness } from './freshness.ts'
import { useWall } from './wall.ts'

/** A figure, its name on screen and in `/api/state` (`incidents.open`), and how far it can be believed. */
export type NamedFigure = Figure & { name: string; freshness: Freshness }

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

/** Whether this screen has nothing of a topic but the figures that the server serves: its state is then empty. */
export const useIsServed = (topicName: string): boolean => useWall().isServed(topicName)

/** One figure by its full name: folded here, or as the server serves it where this audience may not fold. */
export const useFigure = (name: string): ComputedRef<NamedFigure> => {
  const wall = useWall()
  const [topicName = '', figureName = ''] = name.split('.')
  const select = wall.topicOf(topicName).figures[figureName]
  if (!select) throw new Error(`there is no figure ${name}`)
  const figure = computed(() => wall.figureOf(topicName, figureName))
  // by itself, so that a second that changes nothing draws nothing
  const freshness = computed(
    () => wall.beliefOf(topicName, figure.value.provenance.sources).freshness,
  )
  return computed(() => ({ name, ...figure.value, freshness: freshness.value }))
}

/** What people call a source in a language; its name, where it has not said. */
export const useSourceTitle = (): ((source: string, lang: 'zh' | 'en') => string) => {
  const wall = useWall()
  return (source, lang) => wall.standings.get(source)?.title?.[lang] ?? source
}

/** How far what rests on some sources of a topic can be believed: what is told of a silent source is as old as it. */
export const useFreshness = (): ((topicName: string, sources: readonly string[]) => Freshness) => {
  const wall = useWall()
  return (topicName, sources) => {
    const { freshness } = wall.beliefOf(topicName, sources)
    const isSilent = sources.some((source) => wall.standings.get(source)?.silentSince != null)
    return freshness === 'live' && isSilent ? 'silent' : freshness
  }
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

/** How far what is shown of a topic can be believed, its newest arrival, and which of its sources are silent. */
export const useBelief = (topicName: string): ComputedRef<Belief> => {
  const wall = useWall()
  return computed(() => wall.beliefOf(topicName))
}
