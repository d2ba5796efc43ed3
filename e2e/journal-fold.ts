import { upcastBody } from '#protocol/definition.ts'
import type { Audience, FeedEvent, JournalRow } from '#protocol/event.ts'
import { createFold, type Fold, type States } from '#protocol/fold.ts'
import { definitions, topics } from '#topics/index.ts'

/** Folds as a screen of an audience does, or as the server (null); throws where a topic does. */
export const strictFold = (audience: Audience | null): Fold =>
  createFold(
    topics,
    (topic, { seq }, fault) => {
      throw new Error(`${topic} at seq ${seq}: ${String(fault)}`)
    },
    audience,
  )

/** The oracle: what the journal says must be on every screen, each event as `see` lets it through, if at all. */
export const foldOf = (
  rows: readonly JournalRow[],
  see: (event: FeedEvent) => FeedEvent | null = (event) => event,
  audience: Audience | null = null,
): States => {
  const fold = strictFold(audience)
  const states = fold.fresh()
  for (const { prev: _prev, hash: _hash, ...row } of rows) {
    const seen = see({ ...row, body: upcastBody(definitions[row.type]!, row.body) })
    if (seen) fold.apply(states, seen)
  }
  return states
}
