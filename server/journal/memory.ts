import type { JournalRow } from '#protocol/event.ts'
import type { World } from '../world.ts'
import { canonicalJson, genesis, hashOf } from './chain.ts'
import { createGroupCommit } from './group-commit.ts'
import {
  type Checkpoint,
  type Draft,
  type Journal,
  JournalUnavailable,
  type Outcome,
  type Tried,
} from './journal.ts'

/** What outlives a restart of a simulated server: its "disk". */
export interface MemoryDisk {
  epoch: string
  rows: JournalRow[]
  checkpoints: Checkpoint[]
  /** set by a test: why nothing can be written now */
  fault: string | null
}

export const newMemoryDisk = ({ random }: World): MemoryDisk => ({
  epoch: random.id(),
  rows: [],
  checkpoints: [],
  fault: null,
})

/** The journal for simulations: the same contract on a disk that is an object. Keeps nothing for real. */
export const openMemoryJournal = (disk: MemoryDisk, { clock }: World): Journal => {
  const listeners: ((rows: JournalRow[]) => void)[] = []
  const observers: ((tried: Tried) => void)[] = []
  const byId = new Map(disk.rows.map((row) => [row.id, row]))
  const headHash = (): string => disk.rows.at(-1)?.hash ?? genesis

  const appendOne = (draft: Draft): Outcome => {
    const known = byId.get(draft.id)
    if (known) {
      const content = ({ type, at, source, body }: Draft) => canonicalJson([type, at, source, body])
      const kind = content(known) === content(draft) ? 'duplicate' : 'id-conflict'
      return { kind, seq: known.seq }
    }
    const seq = disk.rows.length + 1
    const parts = { seq, ...draft, prev: headHash() }
    const hash = hashOf({
      ...parts,
      flags: canonicalJson(draft.flags),
      body: canonicalJson(draft.body),
    })
    const row = { ...parts, hash }
    disk.rows.push(row)
    byId.set(row.id, row)
    return { kind: 'accepted', seq }
  }

  const group = createGroupCommit(clock, async (drafts) => {
    if (disk.fault) {
      for (const observe of observers) observe({ tookMs: 0, rows: 0, failed: true })
      throw new JournalUnavailable(disk.fault)
    }
    const before = disk.rows.length
    const outcomes = drafts.map(appendOne)
    const rows = disk.rows.slice(before)
    for (const observe of observers) observe({ tookMs: 0, rows: rows.length, failed: false })
    if (rows.length > 0) for (const listener of listeners) listener(rows)
    return outcomes
  })

  return {
    epoch: disk.epoch,
    get head() {
      return disk.rows.length
    },
    get headHash() {
      return headHash()
    },
    get unavailable() {
      return disk.fault
    },
    waitingSinceMs: null,
    onTried(observe) {
      observers.push(observe)
    },
    append: (drafts) => group.append(drafts),
    onCommitted(listener) {
      listeners.push(listener)
    },
    async read(fromSeq, limit) {
      return disk.rows.slice(Math.max(0, fromSeq - 1)).slice(0, limit)
    },
    async readByTime(fromMs, toMs, limit, afterSeq = 0) {
      return disk.rows
        .filter(({ at, seq }) => at >= fromMs && at < toMs && seq > afterSeq)
        .slice(0, limit)
    },
    async saveCheckpoint(checkpoint) {
      disk.checkpoints.push(checkpoint)
    },
    async lastCheckpoint(logic) {
      return disk.checkpoints.findLast((each) => each.logic === logic) ?? null
    },
    close: () => group.settled(),
  }
}
