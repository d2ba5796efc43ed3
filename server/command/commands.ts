import { createHash } from 'node:crypto'
import type { Actor, Command, CommandDefinitions, Decided, Refused } from '#protocol/command.ts'
import type { EventDefinitions } from '#protocol/definition.ts'
import type { Body } from '#protocol/event.ts'
import { ownSource } from '#protocol/source.ts'
import { nounOf, type Topic } from '#protocol/topic.ts'
import { createBodyMask } from '../ingest/mask-body.ts'
import { canonicalJson } from '../journal/chain.ts'
import type { Draft, Journal } from '../journal/journal.ts'
import type { Projection } from '../projection/projection.ts'
import type { Clock } from '../world.ts'

/** A command as it came in, with its id: given once, whatever the line does. */
export interface Order extends Command {
  id: string
}

/** What a command did, once that is durable. */
export interface Done {
  id: string
  events: { seq: number; type: string; at: number }[]
}
export type CommandAnswer =
  | { done: Done }
  | { refused: Refused }
  | { invalid: { field: string; reason: string } }

/** More commands than this waiting for their turn, and whoever asks is asked to come back. */
const waitingAtMost = 200

/** The one way by which a person changes what is recorded. */
export interface Commands {
  readonly definitions: CommandDefinitions
  isBusy(): boolean
  /**
   * Carries out one command after another: each is decided on everything that was applied before it, and answered once
   * its events are durable. The same id again gets the same answer, also after a restart. Rejects with
   * `JournalUnavailable` when nothing was kept.
   */
  give(order: Order): Promise<CommandAnswer>
}

/** What tells one command from another that has taken its id. */
const digestOf = ({ type, actor: { kind, name }, body }: Command): string =>
  createHash('sha256')
    .update(canonicalJson([type, { kind, name }, body]))
    .digest('hex')
    .slice(0, 16)

const idOf = (id: string, n: number): string => `command:${id}:${n}`

const taken: Refused = {
  rule: 'an id names one command for ever, and this one was another',
  mend: 'give the command an id of its own',
}

export const createCommands = (options: {
  clock: Clock
  journal: Journal
  projection: Projection
  topics: readonly Topic[]
  definitions: EventDefinitions
  commands: CommandDefinitions
}): Commands => {
  const { clock, journal, projection, topics, definitions, commands } = options
  const maskBody = createBodyMask(definitions)
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()

  /** What the journal has of a command that was given before. */
  const recall = async ({ id }: Order, digest: string): Promise<CommandAnswer | null> => {
    const first = await journal.find(idOf(id, 1))
    if (!first) return null
    if (first.body.command !== digest) return { refused: taken }
    const events = [first]
    for (let n = 2; ; n++) {
      const row = await journal.find(idOf(id, n))
      if (!row) break
      events.push(row)
    }
    return { done: { id, events: events.map(({ seq, type, at }) => ({ seq, type, at })) } }
  }

  const draftOf = (
    { id }: Order,
    actor: Actor,
    command: string,
    n: number,
    { type, body, simulated }: Decided,
    at: number,
  ): { draft: Draft } | { invalid: { field: string; reason: string } } => {
    const definition = definitions[type]
    if (!definition) throw new Error(`${type} is not defined`)
    const parsed = definition.body.parse({ ...body, actor, command })
    const { body: clean, fault } = maskBody(type, parsed, at, () => false)
    if (fault) return { invalid: fault }
    const draft: Draft = {
      id: idOf(id, n),
      type,
      at,
      seenAt: at,
      source: ownSource,
      flags: simulated ? ['simulated'] : [],
      body: { ...clean, v: definition.version } as Body,
    }
    return { draft }
  }

  const carryOut = async (order: Order): Promise<CommandAnswer> => {
    const { type, actor, body } = order
    const digest = digestOf(order)
    const before = await recall(order, digest)
    if (before) return before
    const topic = topics.find(({ nouns, decide }) => decide && nouns.includes(nounOf(type)))
    if (!topic) throw new Error(`no topic decides ${type}`)
    const at = clock.now()
    const decision = topic.decide!(projection.states.get(topic.name), { type, actor, body }, at)
    if ('refused' in decision) return { refused: decision.refused }
    const drafts: Draft[] = []
    for (const [index, decided] of decision.events.entries()) {
      const made = draftOf(order, actor, digest, index + 1, decided, at)
      if ('invalid' in made) return made
      drafts.push(made.draft)
    }
    const outcomes = await journal.append(drafts)
    const events = outcomes.map(({ seq }, n) => ({ seq, type: drafts[n]!.type, at }))
    return { done: { id: order.id, events } }
  }

  return {
    definitions: commands,
    isBusy: () => waiting >= waitingAtMost,
    async give(order) {
      waiting += 1
      const turn = last.then(() => carryOut(order))
      last = turn.catch(() => {})
      return turn.finally(() => {
        waiting -= 1
      })
    },
  }
}
