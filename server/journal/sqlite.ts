import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalRow } from '#protocol/event.ts'
import type { World } from '../world.ts'
import { canonicalJson, rowOf } from './chain.ts'
import { createGroupCommit } from './group-commit.ts'
import type { Checkpoint, Draft, Journal, Outcome } from './journal.ts'
import { lockFolder } from './lock.ts'
import type { Opened, Store, StoredDraft, StoredRow } from './sqlite-store.ts'
import { startStoreThread } from './store-thread.ts'

/** How often a store that could not keep something is asked whether it can again. */
const probeEveryMs = 2000
const probeBytesAtMost = 8 * 1024 * 1024

const toStored = (draft: Draft): StoredDraft => ({
  id: draft.id,
  type: draft.type,
  at: draft.at,
  seenAt: draft.seenAt,
  source: draft.source,
  flags: canonicalJson(draft.flags),
  body: canonicalJson(draft.body),
})

/**
 * The embedded journal: one SQLite file in `folder`, written on a thread of its own and read on another.
 * Rejects with `JournalLocked` when another process has it, `JournalBroken` when its tail does not verify.
 */
export const openSqliteJournal = async (
  folder: string,
  { clock, random }: World,
): Promise<Journal> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  const path = join(folder, 'journal.sqlite')
  const writer = startStoreThread({ path, role: 'writer', newEpoch: random.id() })
  let opened: Opened
  try {
    opened = (await writer.opened) as Opened
  } catch (fault) {
    unlock()
    throw fault
  }
  const reader = startStoreThread({ path, role: 'reader' })
  await reader.opened

  let { head, headHash } = opened
  let unavailable: string | null = null
  let failedBytes = 0
  let stopProbing: (() => void) | null = null
  const listeners: ((rows: JournalRow[]) => void)[] = []

  const recover = (): void => {
    unavailable = null
    failedBytes = 0
    stopProbing?.()
    stopProbing = null
  }
  /** Until a write as large as the one that failed is kept: a nearly full disk takes small ones for a while. */
  const fail = (why: string, bytes: number): void => {
    unavailable = why
    failedBytes = Math.max(failedBytes, Math.min(bytes, probeBytesAtMost))
    stopProbing ??= clock.every(probeEveryMs, () => {
      writer.call('probe', failedBytes).then(recover, (fault: Error) => {
        unavailable = fault.message
      })
    })
  }

  const commit = async (drafts: Draft[]): Promise<Outcome[]> => {
    const stored = drafts.map(toStored)
    let result: ReturnType<Store['append']>
    try {
      result = (await writer.call('append', stored)) as ReturnType<Store['append']>
    } catch (fault) {
      fail(
        (fault as Error).message,
        stored.reduce((sum, { body }) => sum + 2 * body.length + 500, 0),
      )
      throw fault
    }
    if (unavailable) recover()
    const rows: JournalRow[] = []
    for (const [index, outcome] of result.outcomes.entries()) {
      if (outcome.kind !== 'accepted') continue
      const hash = result.hashes[index]!
      rows.push({ seq: outcome.seq, ...drafts[index]!, prev: headHash, hash })
      headHash = hash
      head = outcome.seq
    }
    if (rows.length > 0) for (const listener of listeners) listener(rows)
    return result.outcomes
  }
  const group = createGroupCommit(clock, commit)

  return {
    epoch: opened.epoch,
    get head() {
      return head
    },
    get headHash() {
      return headHash
    },
    get unavailable() {
      return unavailable
    },
    append: (drafts) => group.append(drafts),
    onCommitted(listener) {
      listeners.push(listener)
    },
    async read(fromSeq, limit) {
      return ((await reader.call('read', fromSeq, limit)) as StoredRow[]).map(rowOf)
    },
    async readByTime(fromMs, toMs, limit, afterSeq = 0) {
      return ((await reader.call('readByTime', fromMs, toMs, limit, afterSeq)) as StoredRow[]).map(
        rowOf,
      )
    },
    async saveCheckpoint(checkpoint) {
      await writer.call('saveCheckpoint', checkpoint)
    },
    async lastCheckpoint(logic) {
      return (await writer.call('lastCheckpoint', logic)) as Checkpoint | null
    },
    async close() {
      await group.settled()
      stopProbing?.()
      await Promise.all([reader.call('close'), writer.call('close')])
      unlock()
    },
  }
}
