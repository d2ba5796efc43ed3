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
   * Makes a snapshot in slices, and calls `ready` of one after the other when it is there or cannot be, in slices too, with nothing
   * folded in between: before it returns, where the state is small and nobody else has a turn.
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

  const takeWaiting = (audience: Audience): ((fault?: unknown) => void)[] => {
    const taken = waiting.get(audience) ?? []
    waiting.delete(audience)
    return taken
  }

  /** The parts of the message; at the end of them it is there, and whoever waits is told within the same turn, one a step. */
  function* build(audience: Audience): Generator<void> {
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
      parts.push(Buffer.from(part))
      yield
    }
    const tookMs = clock.monotonic() - startedMs
    // whoever has waited for it gets it, however long it takes to tell them all
    const made = { seq, sharedUntilMs: Number.POSITIVE_INFINITY, frame: Buffer.concat(parts) }
    snapshots.set(audience, made)
    built += 1
    for (const ready of takeWaiting(audience)) {
      ready()
      yield
    }
    made.sharedUntilMs =
      clock.monotonic() + Math.max(snapshotSharedMs, snapshotSharedTimes * tookMs)
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
      made.catch((fault: unknown) => {
        for (const tell of takeWaiting(audience)) tell(fault)
      })
    },
    get built() {
      return built
    },
  }
}
