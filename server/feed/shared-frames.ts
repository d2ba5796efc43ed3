import type { Audience } from '#protocol/event.ts'
import { partsOfState } from '#protocol/state-parts.ts'
import type { Topic } from '#protocol/topic.ts'
import type { Projection } from '../projection/projection.ts'
import type { Turns } from '../turns.ts'
import type { Clock } from '../world.ts'
import type { Lens } from './lens.ts'
import { encodeEvents, type Frame, type Recent } from './recent.ts'

/**
 * A snapshot is shared by everybody who joins within this time, or within so many times as long as it took to make,
 * unless what came after it is larger than this.
 */
const snapshotSharedMs = 1000
const snapshotSharedTimes = 10
const catchUpBytesAtMost = 256 * 1024

/** What newcomers get, made once for all who come at the same time. */
export interface SharedFrames {
  /** Everybody has been told up to `seq`: what was made for an earlier head is of no use. */
  moved(seq: number): void
  catchUp(audience: Audience, seq: number): Frame[] | null
  /** What a newcomer gets, not of before `shownSeq`, which is on its screen already; null when it must be made first. */
  snapshotFor(audience: Audience, shownSeq: number): { frame: Frame; after: Frame[] } | null
  /**
   * Makes a snapshot in slices, and calls `ready` as soon as it is there or cannot be, with nothing folded in between: before it
   * returns, where the state is small and nobody else has a turn.
   */
  makeSnapshot(audience: Audience, ready: (fault?: unknown) => void): void
  /** how many snapshots were made */
  readonly built: number
}

export const createSharedFrames = (options: {
  clock: Clock
  projection: Projection
  topics: readonly Topic[]
  see: Lens
  recent: Recent
  /** in which rows are told: a snapshot takes its turn among them */
  turns: Turns
  /** tells everybody what is folded, so that a snapshot follows on what they have */
  beforeSnapshot(): void
}): SharedFrames => {
  const { clock, projection, topics, see, recent, beforeSnapshot } = options
  const snapshots = new Map<Audience, { seq: number; sharedUntilMs: number; frame: Frame }>()
  const waiting = new Map<Audience, ((fault?: unknown) => void)[]>()
  const catchUps = new Map<string, Frame[]>()
  let headSeq = projection.seq
  let built = 0

  /** What follows `seq` up to what everybody has; the same for all who blinked at the same time. */
  const catchUp = (audience: Audience, seq: number): Frame[] | null => {
    if (seq === headSeq) return []
    const events = recent.after(seq)
    if (!events) return null
    const key = `${audience} ${seq}`
    const frames = catchUps.get(key) ?? encodeEvents(see, audience, events, seq + 1, headSeq)
    catchUps.set(key, frames)
    const bytes = frames.reduce((sum, { length }) => sum + length, 0)
    // few events may be large: then a snapshot costs less than what led to it
    return bytes <= catchUpBytesAtMost ? frames : null
  }

  const tell = (audience: Audience, fault?: unknown): void => {
    const told = waiting.get(audience) ?? []
    waiting.delete(audience)
    for (const ready of told) ready(fault)
  }

  /** The parts of the message; at the end of them it is there, and whoever waits is told within the same turn. */
  function* build(audience: Audience): Generator<Buffer> {
    const startedMs = clock.monotonic()
    beforeSnapshot()
    const seq = headSeq
    const parts: Buffer[] = []
    const text = function* () {
      yield `{"kind":"snapshot","seq":${seq},"topics":{`
      for (const [n, { name, redact }] of topics.entries()) {
        yield `${n === 0 ? '' : ','}${JSON.stringify(name)}:`
        yield* partsOfState(redact(projection.states.get(name), audience))
      }
      yield '}}'
    }
    for (const part of text()) {
      const bytes = Buffer.from(part)
      parts.push(bytes)
      yield bytes
    }
    const madeAtMs = clock.monotonic()
    const sharedMs = Math.max(snapshotSharedMs, snapshotSharedTimes * (madeAtMs - startedMs))
    snapshots.set(audience, {
      seq,
      sharedUntilMs: madeAtMs + sharedMs,
      frame: Buffer.concat(parts),
    })
    built += 1
    tell(audience)
  }

  return {
    moved(seq) {
      headSeq = seq
      catchUps.clear()
    },
    catchUp,
    snapshotFor(audience, shownSeq) {
      const shared = snapshots.get(audience)
      if (!shared || clock.monotonic() >= shared.sharedUntilMs) return null
      if (shared.seq < Math.min(shownSeq, headSeq)) return null
      const after = catchUp(audience, shared.seq)
      return after && { frame: shared.frame, after }
    },
    makeSnapshot(audience, ready) {
      const others = waiting.get(audience)
      if (others) {
        others.push(ready)
        return
      }
      waiting.set(audience, [ready])
      const made = options.turns.each(build(audience), () => {})
      made.catch((fault: unknown) => tell(audience, fault))
    },
    get built() {
      return built
    },
  }
}
