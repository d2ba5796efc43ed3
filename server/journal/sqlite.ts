import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalRow } from '#protocol/event.ts'
import { createTurns } from '../turns.ts'
import type { World } from '../world.ts'
import { canonicalJson, rowOf } from './chain.ts'
import { createGroupCommit } from './group-commit.ts'
import {
  type Checkpoint,
  type Draft,
  type Journal,
  JournalBroken,
  type Outcome,
  type Tried,
} from './journal.ts'
import { lockFolder } from './lock.ts'
import type { Opened, Store, StoredDraft, StoredRow } from './sqlite-store.ts'
import { startStoreThread } from './store-thread.ts'
import { createTelling } from './telling.ts'
import { createWitness, readWitness } from './witness.ts'

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

/** The rows that a commit of `drafts` added, after the row whose hash is `after`. */
function* rowsOf(
  drafts: readonly Draft[],
  { outcomes, hashes }: ReturnType<Store['append']>,
  after: string,
): Generator<JournalRow> {
  let prev = after
  for (const [n, { kind, seq }] of outcomes.entries()) {
    if (kind !== 'accepted') continue
    const hash = hashes[n]!
    yield { seq, ...drafts[n]!, prev, hash }
    prev = hash
  }
}

/**
 * The embedded journal: one SQLite file in `folder`, written on a thread of its own and read on another.
 * Rejects with `JournalLocked` when another process has it, `JournalBroken` when its tail does not verify
 * or lacks what was acknowledged.
 */
export const openSqliteJournal = async (
  folder: string,
  { clock, random, log }: World,
): Promise<Journal> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  const path = join(folder, 'journal.sqlite')
  const witnessed = readWitness(folder, log)
  const writer = startStoreThread({
    path,
    role: 'writer',
    newEpoch: random.id(),
    startedAtMs: clock.now(),
    witnessed,
  })
  let opened: Opened
  try {
    opened = (await writer.opened) as Opened
  } catch (fault) {
    unlock()
    throw fault
  }
  const reader = startStoreThread({ path, role: 'reader' })
  await reader.opened

  const { epoch, runs } = opened
  let { head, headHash } = opened
  let waitingSinceMs: number | null = null
  let unavailable: string | null = null
  let failedBytes = 0
  let stopProbing: (() => void) | null = null
  const observers: ((tried: Tried) => void)[] = []
  const turns = createTurns(clock)
  const telling = createTelling(turns, log)
  const witness = createWitness({ clock, log, folder })
  if (head > 0) witness.saw({ epoch, seq: head, hash: headHash })

  const recover = (): void => {
    unavailable = null
    failedBytes = 0
    stopProbing?.()
    stopProbing = null
  }
  /** Until a write as large as the one that failed is kept: a nearly full disk takes small ones for a while. */
  const fail = (fault: Error, bytes: number): void => {
    unavailable = fault.message
    // a damaged file may take a probe and refuse the next event: it stays unavailable until somebody has looked
    if (fault instanceof JournalBroken) return
    failedBytes = Math.max(failedBytes, Math.min(bytes, probeBytesAtMost))
    stopProbing ??= clock.every(probeEveryMs, () => {
      writer.call('probe', failedBytes).then(recover, (fault: Error) => {
        unavailable = fault.message
      })
    })
  }

  const timed = async (stored: StoredDraft[]): Promise<ReturnType<Store['append']>> => {
    const startedMs = clock.monotonic()
    waitingSinceMs = startedMs
    let rows = 0
    let failed = true
    try {
      const result = (await writer.call('append', stored)) as ReturnType<Store['append']>
      rows = result.head - head
      failed = false
      return result
    } finally {
      waitingSinceMs = null
      const tookMs = clock.monotonic() - startedMs
      for (const observe of observers) observe({ tookMs, rows, failed })
    }
  }

  const commit = async (drafts: Draft[]): Promise<Outcome[]> => {
    const stored: StoredDraft[] = []
    await turns.each(drafts, (draft) => stored.push(toStored(draft)))
    let result: ReturnType<Store['append']>
    try {
      result = await timed(stored)
    } catch (fault) {
      fail(
        fault as Error,
        stored.reduce((sum, { body }) => sum + 2 * body.length + 500, 0),
      )
      throw fault
    }
    if (unavailable) recover()
    const rows = rowsOf(drafts, result, headHash)
    if (result.head > head) {
      head = result.head
      headHash = result.hashes.findLast((hash) => hash !== '')!
      witness.saw({ epoch, seq: head, hash: headHash })
    }
    await telling.tell(rows)
    return result.outcomes
  }
  const group = createGroupCommit(clock, commit)

  return {
    epoch,
    runs,
    get head() {
      return head
    },
    get headHash() {
      return headHash
    },
    get unavailable() {
      return unavailable
    },
    get waitingSinceMs() {
      return waitingSinceMs
    },
    onTried(observe) {
      observers.push(observe)
    },
    turns,
    append: (drafts) => group.append(drafts),
    onCommitted: telling.onCommitted,
    async read(fromSeq, limit) {
      return ((await reader.call('read', fromSeq, limit)) as StoredRow[]).map(rowOf)
    },
    async readByTime(fromMs, toMs, limit, afterSeq = 0) {
      return ((await reader.call('readByTime', fromMs, toMs, limit, afterSeq)) as StoredRow[]).map(
        rowOf,
      )
    },
    async find(id) {
      const row = (await reader.call('find', id)) as StoredRow | null
      return row && rowOf(row)
    },
    async saveCheckpoint(checkpoint) {
      await writer.give(
        checkpoint.state.map(({ buffer }) => buffer),
        'saveCheckpoint',
        checkpoint,
      )
    },
    async lastCheckpoint(logic) {
      return (await writer.call('lastCheckpoint', logic)) as Checkpoint | null
    },
    async close() {
      await group.settled()
      stopProbing?.()
      await witness.close()
      await reader.call('close')
      // last, since only it can bring the write-ahead log home
      await writer.call('close')
      unlock()
    },
  }
}
