/** The epoch as the feed tells it: the journal's, and which run of the server it is. Opaque to whoever hears it. */
export interface FeedEpoch {
  readonly own: string
  /** Whether all that a screen has up to `seq` is in this journal too. */
  isShared(told: string, seq: number): boolean
}

/**
 * A machine that was put back has its journal, its epoch, and none of what came after; numbers are then given a second time.
 * So of another run only what the journal held when this one began is taken for shared. An epoch without a run, as
 * `/healthz` tells it, is believed.
 */
export const createFeedEpoch = (
  epoch: string,
  startSeq: number,
  startedAtMs: number,
): FeedEpoch => {
  const own = `${epoch}.${startedAtMs.toString(36)}`
  return {
    own,
    isShared(told, seq) {
      if (told === own || told === epoch) return true
      return told.startsWith(`${epoch}.`) && seq <= startSeq
    },
  }
}
