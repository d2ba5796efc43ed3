import { type EventDefinitions, redactBody } from '#protocol/definition.ts'
import { type Audience, audiences, type FeedEvent } from '#protocol/event.ts'
import { withheldNouns } from '#protocol/served.ts'
import { nounOf, type Topic } from '#protocol/topic.ts'

/** An event as an audience may have it; null where it may not know of it. */
export type Lens = (event: FeedEvent, audience: Audience) => FeedEvent | null

export const createLens = (definitions: EventDefinitions, topics: readonly Topic[]): Lens => {
  const withheld = new Map(audiences.map((each) => [each, withheldNouns(topics, each)]))
  return (event, audience) => {
    if (withheld.get(audience)!.has(nounOf(event.type))) return null
    const definition = definitions[event.type]
    return definition ? { ...event, body: redactBody(definition, event.body, audience) } : event
  }
}
