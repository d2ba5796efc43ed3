import { toMinute } from './beijing.ts'
import type { Audience } from './event.ts'
import type { Fault, Served } from './feed.ts'
import type { Figure } from './figure.ts'
import { hideSmallCount } from './small-counts.ts'
import type { Standing } from './source.ts'
import type { Topic } from './topic.ts'

/** Whether an audience gets figures of a topic instead of its events. */
export const isServed = ({ servedTo }: Pick<Topic, 'servedTo'>, audience: string): boolean =>
  servedTo?.some((each) => each === audience) ?? false

/** The nouns whose events an audience does not get. */
export const withheldNouns = (topics: readonly Topic[], audience: Audience): ReadonlySet<string> =>
  new Set(topics.flatMap((topic) => (isServed(topic, audience) ? topic.nouns : [])))

/** Whether an audience gets nothing of a topic at all, not one figure. */
export const isKept = ({ figures, keptFrom }: Topic, audience: string): boolean => {
  const kept = (keptFrom as Record<string, readonly string[]> | undefined)?.[audience] ?? []
  return Object.keys(figures).every((name) => kept.includes(name))
}

const servedFigure = (
  topic: Topic,
  name: string,
  state: unknown,
  audience: Audience,
  now: number,
): Figure => {
  const isKept = topic.keptFrom?.[audience]?.includes(name) ?? false
  return hideSmallCount(topic.figures[name]!(isKept ? topic.initial() : state, now))
}

/** Every figure of a topic by name, from its whole state, as an audience has it on its screens in the minute of `now`, ms. */
export const figuresFor = (
  topic: Topic,
  state: unknown,
  audience: Audience,
  now: number,
): Record<string, Figure> => {
  const names = Object.keys(topic.figures)
  const minute = toMinute(now)
  if (isServed(topic, audience)) {
    return Object.fromEntries(
      names.map((name) => [name, servedFigure(topic, name, state, audience, minute)]),
    )
  }
  const own = topic.redact(state, audience)
  return Object.fromEntries(names.map((name) => [name, topic.figures[name]!(own, minute)]))
}

/** A screen needs to know who is silent, not how anybody's numbers look. */
const withoutPatterns = (standings: ReadonlyMap<string, Standing>): Record<string, Standing> =>
  Object.fromEntries(
    Array.from(standings, ([source, standing]) => [source, { ...standing, numberPatterns: [] }]),
  )

/** The sentence of a fault may tell the very counts that its figures withhold; what it is called does not. */
const withoutCounts = (fault: Fault): Fault => ({ ...fault, message: fault.id })

/** What a screen gets of a topic whose events it does not; `now` in ms. */
export const servedOf = (
  topic: Topic,
  state: unknown,
  audience: Audience,
  now: number,
): Served => ({
  figures: figuresFor(topic, state, audience, now),
  heard: Object.fromEntries(topic.heard(state)),
  ...(topic.sources && { sources: withoutPatterns(topic.sources(state)) }),
  // whoever is walked past is not told what is wrong with the house
  ...(topic.faults && audience !== 'visitor' && { faults: topic.faults(state).map(withoutCounts) }),
})
