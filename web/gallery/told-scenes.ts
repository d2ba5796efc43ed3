import type { FeedEvent } from '#protocol/event.ts'
import type { Scenes } from '#protocol/scene.ts'
import { nounOf, type Topic } from '#protocol/topic.ts'

export type SceneName = keyof Scenes
export const sceneNames = [
  'empty',
  'quiet',
  'busy',
  'flood',
  'silent',
] as const satisfies readonly SceneName[]

/** Scenes by topic name. */
export type ScenesByTopic = Readonly<Record<string, Scenes>>

/** An event of a scene, and the topic that tells it. */
interface Told {
  teller: string
  event: FeedEvent
}

/**
 * One scene of all topics, as one journal would have it: in order of arrival, each id once, and a source of each
 * topic's own where the scene names none. All of it is made up, and says so.
 */
export const mixScene = (scenes: ScenesByTopic, scene: SceneName): Told[] =>
  Object.entries(scenes)
    .flatMap(([teller, of]) =>
      of[scene].map((event) => ({
        teller,
        event: {
          ...event,
          id: `${teller}-${event.id}`,
          source: event.source === 'scene' ? teller : event.source,
          flags: [...new Set([...event.flags, 'simulated' as const])],
        },
      })),
    )
    .sort((a, b) => a.event.seenAt - b.event.seenAt)
    .map(({ teller, event }, index) => ({ teller, event: { ...event, seq: index + 1 } }))

/**
 * What a topic takes in of a scene: what it tells itself, and what others tell of their own noun, the first that they
 * name. What a topic makes up of another's events, to have something to look at, is for itself alone.
 */
export const heardBy = (
  topic: Topic,
  told: readonly Told[],
  topics: readonly Topic[],
): FeedEvent[] => {
  const ownNoun = new Map(topics.map(({ name, nouns }) => [name, nouns[0]]))
  const isHeard = ({ teller, event }: Told): boolean => {
    const noun = nounOf(event.type)
    if (!topic.foldsAll && !topic.nouns.includes(noun)) return false
    return teller === topic.name || ownNoun.get(teller) === noun
  }
  return told.filter(isHeard).map(({ event }) => event)
}
