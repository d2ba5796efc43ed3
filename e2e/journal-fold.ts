import { createHash } from 'node:crypto'
import { upcastBody } from '#protocol/definition.ts'
import type { Audience, FeedEvent, JournalRow } from '#protocol/event.ts'
import { createFold, type Fold, type States } from '#protocol/fold.ts'
import { encodeState } from '#protocol/snapshot.ts'
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

/** A row of the journal as the feed sends it. */
export const eventOf = ({ prev: _prev, hash: _hash, ...row }: JournalRow): FeedEvent => ({
  ...row,
  body: upcastBody(definitions[row.type]!, row.body),
})

/** The oracle: what the journal says must be on every screen, each event as `see` lets it through, if at all. */
export const foldOf = (
  rows: readonly JournalRow[],
  see: (event: FeedEvent) => FeedEvent | null = (event) => event,
  audience: Audience | null = null,
): States => {
  const fold = strictFold(audience)
  const states = fold.fresh()
  for (const row of rows) {
    const seen = see(eventOf(row))
    if (seen) fold.apply(states, seen)
  }
  return states
}

/** In one spelling: of two equal states, what is keyed may stand in another order. */
const spelt = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(spelt)
  if (value === null || typeof value !== 'object') return value
  const keyed = '$map' in value ? value.$map : '$set' in value ? value.$set : null
  if (Array.isArray(keyed)) return { $: keyed.map((each) => JSON.stringify(spelt(each))).sort() }
  const entries = Object.entries(value).map(([key, each]) => [key, spelt(each)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The same text for the same states, and for no others: short enough to be sent from process to process. */
export const fingerprintOf = (states: States): string =>
  createHash('sha256')
    .update(JSON.stringify(spelt(encodeState(states))))
    .digest('hex')
