import type { z } from 'zod'
import type { Body } from './event.ts'

/** Who gives a command: somebody at a desk, who leads the shift, or a wall device that nobody has signed in at. */
export const actorKinds = ['operator', 'supervisor', 'screen'] as const
export type ActorKind = (typeof actorKinds)[number]

export interface Actor {
  kind: ActorKind
  /** a seat or a role, never a person */
  name: string
}

/** What somebody wants done; checked by its schema. */
export interface Command {
  /** `noun.verb`, where an event has `noun.pastVerb` */
  type: string
  actor: Actor
  body: Body
}

/** An event that follows from a command; the server adds who gave it. */
export interface Decided {
  type: string
  body: Body
  /** true when what it is about is simulated */
  simulated: boolean
}

/** Why a command is not carried out: the rule that forbids it, and what to do instead. */
export interface Refused {
  rule: string
  mend: string
  /** it is who asks that is wrong, not what */
  isForbidden?: true
}

export type Decision = { events: readonly Decided[] } | { refused: Refused }

/** What one command looks like, for its door. Schemas stay on the server. */
export interface CommandDefinition {
  /** what it does, one sentence */
  says: string
  body: z.ZodObject
  example: Body
}
/** By full type: `alarm.acknowledge`. */
export type CommandDefinitions = Record<string, CommandDefinition>
