import type { Reaction } from '#protocol/topic.ts'
import type { FeedBodies } from './feed-health.events.ts'

type Said<Type extends keyof FeedBodies> = Omit<FeedBodies[Type], 'cause'>

/** `key`: what tells this event from any other of its type. */
export const reaction = <Type extends keyof FeedBodies>(
  type: Type,
  key: string,
  { at, simulated }: { at: number; simulated: boolean },
  body: Said<Type>,
): Reaction => ({ id: `${type}:${key}`, type, at, simulated, body: body as Reaction['body'] })
