import type { EventDefinitions } from '#protocol/definition.ts'
import type { Flag } from '#protocol/event.ts'
import type { Fault } from '#protocol/feed.ts'
import { type Door, ownSource } from '#protocol/source.ts'
import {
  type FrozenScreen,
  nounOf,
  type Occasion,
  type Reaction,
  type Topic,
} from '#protocol/topic.ts'
import type { Fix } from '#protocol/track.ts'
import type { Draft, Journal } from '../journal/journal.ts'
import type { Projection } from '../projection/projection.ts'
import type { Lane } from '../tracks/lane.ts'
import type { Clock } from '../world.ts'

const tickEveryMs = 1000
/** A topic that asks for more than this at once is wrong, not busy. */
const reactionsAtMost = 1000

export interface Reactor {
  readonly faults: ReadonlyMap<string, Fault>
  stop(): void
}

/**
 * Makes the events that nobody sends: asks every topic after each event and on each tick, and journals
 * what it answers. Only the appender runs it; screens and restarts fold the events like any others.
 */
export const startReactor = (options: {
  clock: Clock
  journal: Journal
  projection: Projection
  lane: Lane
  /** what the door knows of its sources */
  door(): Door
  frozen(): readonly FrozenScreen[]
  topics: readonly Topic[]
  definitions: EventDefinitions
}): Reactor => {
  const { clock, journal, projection, lane, definitions } = options
  const reacting = options.topics.filter((topic) => topic.react !== undefined)
  const faults = new Map<string, Fault>()
  let fresh = new Map<string, Fix>()
  lane.onTick(({ changed }) => {
    for (const { fix } of changed) fresh.set(fix.unit, fix)
  })

  const fail = (topic: string, message: string): void => {
    const id = `react:${topic}`
    const tip = `What ${topic} should have noticed by itself is missing. Report it.`
    faults.set(id, {
      id,
      severity: 'error',
      message,
      tip,
      since: faults.get(id)?.since ?? clock.now(),
    })
  }

  const toDraft = ({ id, type, at, body, simulated }: Reaction, cause: string): Draft => {
    const definition = definitions[type]
    if (!definition) throw new Error(`${type} is not defined`)
    const checked = definition.body.parse({ ...body, cause })
    const flags: Flag[] = simulated ? ['simulated'] : []
    const seenAt = clock.now()
    return {
      id,
      type,
      at,
      seenAt,
      source: ownSource,
      flags,
      body: { ...checked, v: definition.version } as Draft['body'],
    }
  }

  const ask = (topic: Topic, occasion: Occasion, cause: string): void => {
    try {
      const reactions = topic.react!(projection.states.get(topic.name), occasion)
      if (reactions.length === 0) return
      if (reactions.length > reactionsAtMost)
        throw new Error(`${reactions.length} reactions at once`)
      const drafts = reactions.map((reaction) => toDraft(reaction, cause))
      // not kept now: the state has not changed either, so the next tick asks for the same again
      journal.append(drafts).catch(() => {})
    } catch (fault) {
      fail(topic.name, String(fault))
    }
  }

  projection.onApplied((events) => {
    for (const event of events) {
      for (const topic of reacting) {
        if (topic.nouns.includes(nounOf(event.type))) {
          ask(topic, { kind: 'event', event }, event.id)
        }
      }
    }
  })

  const stop = clock.every(tickEveryMs, () => {
    const fixes = Array.from(fresh.values())
    fresh = new Map()
    const occasion: Occasion = {
      kind: 'tick',
      now: clock.now(),
      fixes,
      lastFix: lane.lastFix,
      door: options.door(),
      frozen: options.frozen(),
    }
    for (const topic of reacting) ask(topic, occasion, 'tick')
  })

  return { faults, stop }
}
