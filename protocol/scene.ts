import type { Body, FeedEvent, Flag } from './event.ts'

/** "Now" of every scene, ms: an evening in Beijing, so that "today" has happened. */
export const sceneNow = Date.UTC(2026, 10, 22, 14, 41, 7)

/** A line of a scene: how many minutes before `sceneNow`, what, and about what. */
export type SceneLine = [minutesAgo: number, type: string, body: Body]

/** Makes the events of a scene, as the feed would bring them: in order of time, seen two seconds later. */
export const sceneOf = (
  lines: readonly SceneLine[],
  { source = 'scene', flags = [] }: { source?: string; flags?: Flag[] } = {},
): FeedEvent[] =>
  lines
    .map(([minutesAgo, type, body]) => ({
      at: Math.round(sceneNow - minutesAgo * 60_000),
      type,
      body,
    }))
    .sort((a, b) => a.at - b.at)
    .map(({ at, type, body }, index) => ({
      seq: index + 1,
      id: `${source}-${index + 1}`,
      type,
      at,
      seenAt: at + 2000,
      source,
      flags,
      body,
    }))

/** Named lists of events: for tests, the gallery and screenshots. */
export type Scenes = Record<'empty' | 'quiet' | 'busy' | 'flood' | 'silent', FeedEvent[]>
