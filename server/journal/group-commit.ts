import type { Clock } from '../world.ts'
import { type Draft, JournalUnavailable, type Outcome } from './journal.ts'

/** How long a commit waits for company, and how much it takes along. */
const gatherMs = 2
const draftsPerCommit = 5000

export interface GroupCommit {
  append(drafts: readonly Draft[]): Promise<Outcome[]>
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
}

interface Waiting {
  drafts: readonly Draft[]
  resolve(outcomes: Outcome[]): void
  reject(fault: Error): void
}

/**
 * Gathers appends that come close together into one commit, so that one sync serves many.
 * One commit is under way at a time; an append resolves after the commit that holds it.
 */
export const createGroupCommit = (
  clock: Clock,
  commit: (drafts: Draft[]) => Promise<Outcome[]>,
): GroupCommit => {
  const waiting: Waiting[] = []
  let underWay: Promise<void> | null = null
  let isGathering = false

  const take = (): Waiting[] => {
    let drafts = 0
    const count = waiting.findIndex((each) => {
      drafts += each.drafts.length
      return drafts > draftsPerCommit
    })
    // one append is never split, so a larger one goes alone
    return waiting.splice(0, count === -1 ? waiting.length : Math.max(1, count))
  }

  const commitAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const taken = take()
      try {
        const outcomes = await commit(taken.flatMap(({ drafts }) => drafts))
        let first = 0
        for (const { drafts, resolve } of taken) {
          resolve(outcomes.slice(first, first + drafts.length))
          first += drafts.length
        }
      } catch (fault) {
        const refusal =
          fault instanceof JournalUnavailable ? fault : new JournalUnavailable(String(fault))
        for (const { reject } of taken) reject(refusal)
      }
    }
    underWay = null
  }

  return {
    append(drafts) {
      return new Promise((resolve, reject) => {
        waiting.push({ drafts, resolve, reject })
        if (underWay || isGathering) return
        isGathering = true
        clock.after(gatherMs, () => {
          isGathering = false
          underWay = commitAll()
        })
      })
    },
    async settled() {
      while (isGathering || underWay) {
        if (underWay) await underWay
        else await new Promise<void>((resolve) => clock.after(gatherMs, resolve))
      }
    },
  }
}
