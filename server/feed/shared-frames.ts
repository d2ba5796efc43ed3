import type { Audience } from '#protocol/event.ts'
import type { Snapshot } from '#protocol/feed.ts'
import { encodeState } from '#protocol/snapshot.ts'
import type { Topic } from '#protocol/topic.ts'
import type { Projection } from '../projection/projection.ts'
import type { Clock } from '../world.ts'
import type { Lens } from './lens.ts'
import { encodeEvents, encodeFrame, type Frame, type Recent } from './recent.ts'

/** A snapshot is shared by everybody who joins within this time, unless what came after it is larger than this. */
const snapshotSharedMs = 1000
const catchUpBytesAtMost = 256 * 1024

/** What newcomers get, made once for all who come at the same time. */
export interface SharedFrames {
  /** Everybody has been told up to `seq`: what was made for an earlier head is of no use. */
  moved(seq: number): void
  catchUp(audience: Audience, seq: number): Frame[] | null
  snapshotFor(audience: Audience): { frame: Frame; after: Frame[] }
  /** how many snapshots were made */
  readonly built: number
}

export const createSharedFrames = (options: {
  clock: Clock
  projection: Projection
  topics: readonly Topic[]
  see: Lens
  recent: Recent
}): SharedFrames => {
  const { clock, projection, topics, see, recent } = options
  const snapshots = new Map<Audience, { seq: number; madeAtMs: number; frame: Frame }>()
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

  const buildSnapshot = (audience: Audience) => {
    const states = topics.map(({ name, redact }) => {
      return [name, encodeState(redact(projection.states.get(name), audience))] as const
    })
    const message: Snapshot = {
      kind: 'snapshot',
      seq: headSeq,
      topics: Object.fromEntries(states),
    }
    const made = { seq: headSeq, madeAtMs: clock.monotonic(), frame: encodeFrame(message) }
    snapshots.set(audience, made)
    built += 1
    return made
  }

  const snapshotFor = (audience: Audience): { frame: Frame; after: Frame[] } => {
    const shared = snapshots.get(audience)
    if (shared && clock.monotonic() - shared.madeAtMs < snapshotSharedMs) {
      const after = catchUp(audience, shared.seq)
      if (after) return { frame: shared.frame, after }
    }
    return { frame: buildSnapshot(audience).frame, after: [] }
  }

  return {
    moved(seq) {
      headSeq = seq
      catchUps.clear()
    },
    catchUp,
    snapshotFor,
    get built() {
      return built
    },
  }
}
