import { toMinute } from '#protocol/beijing.ts'
import { type Audience, audiences } from '#protocol/event.ts'
import type { Fault, Served } from '#protocol/feed.ts'
import { isKept, isServed, servedOf } from '#protocol/served.ts'
import type { Topic } from '#protocol/topic.ts'
import type { Projection } from '../projection/projection.ts'
import type { Clock, Log } from '../world.ts'
import { encodeFrame, type Frame } from './recent.ts'
import type { Session } from './session.ts'

/** What is served changes at most this often, ms; windows turn on the minute, with events or without. */
const castEveryMs = 2000

/** Topics that an audience may not fold, on their way to its screens: computed and encoded once for all of them. */
export interface ServedCast {
  /** Everything that is served to its audience, for a newcomer. */
  greet(session: Session, audience: Audience): void
  /** topics that cannot be served now, keyed */
  faults(): Fault[]
  stop(): void
}

/** What the screens of one audience have. */
interface Cast {
  seq: number
  minute: number
  byTopic: Map<string, { text: string; frame: Frame }>
}

export const createServedCast = (options: {
  clock: Clock
  log: Log
  projection: Projection
  topics: readonly Topic[]
  /** the screens of an audience that have been greeted */
  watching(audience: Audience): readonly Session[]
}): ServedCast => {
  const { clock, log, projection, topics, watching } = options
  const servedTo = new Map(
    audiences.map((audience) => [
      audience,
      topics.filter((topic) => isServed(topic, audience) && !isKept(topic, audience)),
    ]),
  )
  const casts = new Map<Audience, Cast>()
  const faults = new Map<string, Fault>()

  /** A topic that throws shows no data, and says so; the others go on. */
  const compute = (topic: Topic, audience: Audience, now: number): Served => {
    const id = `serve:${topic.name}`
    try {
      const served = servedOf(topic, projection.states.get(topic.name), audience, now)
      faults.delete(id)
      return served
    } catch (fault) {
      if (!faults.has(id))
        log.error('What is served cannot be computed', { id, fault: String(fault) })
      faults.set(id, {
        id,
        severity: 'error',
        message: `${topic.name} cannot be computed for shared walls and visitors: ${String(fault)}`,
        tip: 'Walls of the staff are not touched. Report it with the log.',
        since: faults.get(id)?.since ?? now,
      })
      return { figures: {}, heard: {} }
    }
  }

  /** Computes what is served anew; gives the frames of what has changed. */
  const refresh = (audience: Audience): Frame[] => {
    const now = clock.now()
    const { seq } = projection
    const minute = toMinute(now)
    const known = casts.get(audience)
    if (known?.seq === seq && known.minute === minute) return []
    const byTopic: Cast['byTopic'] = new Map(known?.byTopic)
    const changed: Frame[] = []
    for (const topic of servedTo.get(audience)!) {
      const { name } = topic
      const served = compute(topic, audience, now)
      const text = JSON.stringify(served)
      if (text === byTopic.get(name)?.text) continue
      const frame = encodeFrame({ kind: 'served', at: now, topics: { [name]: served } })
      byTopic.set(name, { text, frame })
      changed.push(frame)
    }
    casts.set(audience, { seq, minute, byTopic })
    return changed
  }

  const castTo = (audience: Audience): void => {
    const screens = watching(audience)
    if (screens.length === 0) return
    const frames = refresh(audience)
    for (const session of screens) for (const frame of frames) session.send(frame)
  }

  const stop = clock.every(castEveryMs, () => {
    for (const audience of audiences) castTo(audience)
  })

  return {
    greet(session, audience) {
      // while others watch, a newcomer gets what they have, and with them what changes
      if (watching(audience).length === 0) refresh(audience)
      for (const { frame } of casts.get(audience)?.byTopic.values() ?? []) session.send(frame)
    },
    faults: () => Array.from(faults.values()),
    stop,
  }
}
