import type { Body, Flag, JournalRow } from '#protocol/event.ts'
import type { Turns } from '../turns.ts'

/** An event that the door has checked, and the journal has not numbered yet. */
export interface Draft {
  id: string
  type: string
  at: number
  seenAt: number
  source: string
  flags: Flag[]
  /** as it is stored: with the version of its schema as `v` */
  body: Body
}

/**
 * What became of one draft. `accepted` and `duplicate` mean that it is durable; `id-conflict` that
 * another event (other type, at, source or body) already has this id.
 */
export type Outcome =
  | { kind: 'accepted'; seq: number }
  | { kind: 'duplicate'; seq: number }
  | { kind: 'id-conflict'; seq: number }

/** State folded up to and with `seq`, so that a start need not read the journal from its beginning. */
export interface Checkpoint {
  seq: number
  /** hash of row `seq` */
  hash: string
  /** which logic folded it: another logic does not use it */
  logic: string
  /** JSON */
  state: string
}

/** A checkpoint on its way to the store. */
export interface NewCheckpoint extends Omit<Checkpoint, 'state'> {
  /** the same as UTF-8, in parts; they are moved to where it is written, and of no use here afterwards */
  state: readonly Uint8Array<ArrayBuffer>[]
}

/** A commit that was tried. */
export interface Tried {
  tookMs: number
  /** how many rows it kept; 0 when it failed */
  rows: number
  failed: boolean
}

/** One opening of a journal: what was numbered by it comes after `startSeq`. */
export interface Run {
  readonly id: string
  readonly startSeq: number
}
/** Of earlier ones nothing is known. */
const runsKept = 100
export const withRun = (runs: readonly Run[], startedAtMs: number, startSeq: number): Run[] =>
  [...runs, { id: startedAtMs.toString(36), startSeq }].slice(-runsKept)

/**
 * The append-only order of everything that happened. Two implementations, one contract suite
 * (`journal.contract.ts`); nobody but `main.ts` knows which store it is.
 *
 * - `seq` is gap-free from 1; `epoch` is made with the journal and stays with it.
 * - `append` resolves only once a commit that holds every accepted draft has been synced.
 * - Rows are chained: `hash` = SHA-256 over `canonicalRow` (chain.ts), `prev` = hash of the row before.
 */
export interface Journal {
  readonly epoch: string
  /** its last openings, in order, this one included: kept beside the rows, so that they are put back with them */
  readonly runs: readonly Run[]
  /** last durable seq, told of or not yet; 0 when empty */
  readonly head: number
  /** hash of the last row; 64 zeros when empty */
  readonly headHash: string
  /**
   * Outcomes in the order of the drafts. Rejects with `JournalUnavailable` when the store cannot
   * keep them: then none of them was acknowledged, and sending them again is safe.
   */
  append(drafts: readonly Draft[]): Promise<Outcome[]>
  /**
   * Called with new rows in seq order, some of a long commit's at a time, after they are durable and before their
   * `append` resolves, so that whoever is told "accepted" finds it in every state. `head` and `read` know all of a
   * commit from its first telling on. A listener that throws is logged, and hurts no other.
   */
  onCommitted(listener: (rows: JournalRow[]) => void): void
  /**
   * Rows are told in these: whoever reads at length what they change takes a turn among them, and nothing changes
   * while he reads.
   */
  readonly turns: Turns
  /** Rows from `fromSeq` on, at most `limit`. */
  read(fromSeq: number, limit: number): Promise<JournalRow[]>
  /** Rows with fromMs ≤ at < toMs, in seq order, at most `limit`, after `afterSeq`. */
  readByTime(fromMs: number, toMs: number, limit: number, afterSeq?: number): Promise<JournalRow[]>
  /** The row with an id; null: there is none. */
  find(id: string): Promise<JournalRow | null>
  saveCheckpoint(checkpoint: NewCheckpoint): Promise<void>
  lastCheckpoint(logic: string): Promise<Checkpoint | null>
  /** null while appends are being kept; else why not */
  readonly unavailable: string | null
  /** Called after each commit that was tried, kept or not. */
  onTried(listener: (tried: Tried) => void): void
  /** since when a commit has been waiting for the store, by the monotonic clock; null: none is */
  readonly waitingSinceMs: number | null
  /** Commits what is under way, then lets go of the store. */
  close(): Promise<void>
}

/** The store cannot keep anything now: nothing was acknowledged. */
export class JournalUnavailable extends Error {
  override name = 'JournalUnavailable'
}

/** The stored rows contradict themselves; the message names the first bad seq. */
export class JournalBroken extends Error {
  override name = 'JournalBroken'
}

/** Another process has this journal open. */
export class JournalLocked extends Error {
  override name = 'JournalLocked'
}
