import type { Journal } from '../journal/journal.ts'

/** The epoch as the feed tells it: the journal's, and which run of the server it is. Opaque to whoever hears it. */
export interface FeedEpoch {
  readonly own: string
  /** Whether all that a screen has up to `seq` is in this journal too. */
  isShared(told: string, seq: number): boolean
}

/**
 * A machine that was put back has its journal, its epoch, and none of what came after; numbers are then given a second time.
 * So of another run only what every run after it began with is taken for shared, and of one that this journal does not know,
 * nothing. An epoch without a run, as `/healthz` tells it, is believed.
 */
export const createFeedEpoch = ({ epoch, runs }: Pick<Journal, 'epoch' | 'runs'>): FeedEpoch => {
  const nameOf = (id: string): string => `${epoch}.${id}`
  const own = nameOf(runs.at(-1)!.id)
  return {
    own,
    isShared(told, seq) {
      if (told === own || told === epoch) return true
      const run = runs.findIndex(({ id }) => nameOf(id) === told)
      return run >= 0 && runs.slice(run + 1).every(({ startSeq }) => seq <= startSeq)
    },
  }
}
