import type { JournalRow } from '#protocol/event.ts'
import { createTurns } from '../turns.ts'
import type { World } from '../world.ts'
import { canonicalJson, genesis, hashOf } from './chain.ts'
import { createGroupCommit } from './group-commit.ts'
import {
  type Checkpoint,
  type Draft,
  type Journal,
  JournalUnavailable,
  type Outcome,
  type Run,
  type Tried,
  withRun,
} from './journal.ts'
import { createTelling } from './telling.ts'

/** What outlives a restart of a simulated server: its "disk". */
export interface MemoryDisk {
  epoch: string
  runs: Run[]
  rows: JournalRow[]
  checkpoints: Checkpoint[]
  /** set by a test: why nothing can be written now */
  fault: string | null
  /** set by a simulation, whose commits are short: how many rows of one listeners are told at a time */
  rowsPerTelling?: number
  /**
   * Set by a simulation: keeps the rows of one commit by calling `land`, now or later, and rejects when it does not.
   * Without it they are kept at once.
   */
  write?(rows: readonly JournalRow[], land: () => void): Promise<void>
}

export const newMemoryDisk = ({ random }: World): MemoryDisk => ({
  epoch: random.id(),
  runs: [],
  rows: [],
  checkpoints: [],
  fault: null,
})

/** The journal for simulations: the same contract on a disk that is an object. Keeps nothing for real. */
export const openMemoryJournal = (disk: MemoryDisk, { clock, log }: World): Journal => {
  const observers: ((tried: Tried) => void)[] = []
  const byId = new Map(disk.rows.map((row) => [row.id, row]))
  disk.runs = withRun(disk.runs, clock.now(), disk.rows.length)
  const { runs } = disk
  const headHash = (): string => disk.rows.at(-1)?.hash ?? genesis

  /** `added`: the rows of the same commit that come before it, by id. */
  const appendOne = (draft: Draft, added: Map<string, JournalRow>, prev: string): Outcome => {
    const known = byId.get(draft.id) ?? added.get(draft.id)
    if (known) {
      const content = ({ type, at, source, body }: Draft) => canonicalJson([type, at, source, body])
      const kind = content(known) === content(draft) ? 'duplicate' : 'id-conflict'
      return { kind, seq: known.seq }
    }
    const seq = disk.rows.length + added.size + 1
    const parts = { seq, ...draft, prev }
    const hash = hashOf({
      ...parts,
      flags: canonicalJson(draft.flags),
      body: canonicalJson(draft.body),
    })
    added.set(draft.id, { ...parts, hash })
    return { kind: 'accepted', seq }
  }

  const write = async (rows: readonly JournalRow[]): Promise<void> => {
    if (disk.fault) throw new JournalUnavailable(disk.fault)
    const land = (): void => void disk.rows.push(...rows)
    if (disk.write && rows.length > 0) await disk.write(rows, land)
    else land()
  }

  const turns = createTurns(clock)
  const telling = createTelling(turns, log, disk.rowsPerTelling)
  const group = createGroupCommit(clock, async (drafts) => {
    const startedMs = clock.monotonic()
    const added = new Map<string, JournalRow>()
    let prev = headHash()
    const outcomes = drafts.map((draft) => {
      const outcome = appendOne(draft, added, prev)
      if (outcome.kind === 'accepted') prev = added.get(draft.id)!.hash
      return outcome
    })
    const rows = Array.from(added.values())
    const tried = (failed: boolean): void => {
      const tookMs = clock.monotonic() - startedMs
      for (const observe of observers) observe({ tookMs, rows: failed ? 0 : rows.length, failed })
    }
    await write(rows).catch((fault: unknown) => {
      tried(true)
      throw fault
    })
    for (const row of rows) byId.set(row.id, row)
    tried(false)
    await telling.tell(rows)
    return outcomes
  })

  return {
    epoch: disk.epoch,
    runs,
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
    turns,
    onTried(observe) {
      observers.push(observe)
    },
    append: (drafts) => group.append(drafts),
    onCommitted: telling.onCommitted,
    async read(fromSeq, limit) {
      return disk.rows.slice(Math.max(0, fromSeq - 1)).slice(0, limit)
    },
    async readByTime(fromMs, toMs, limit, afterSeq = 0) {
      return disk.rows
        .filter(({ at, seq }) => at >= fromMs && at < toMs && seq > afterSeq)
        .slice(0, limit)
    },
    async find(id) {
      return byId.get(id) ?? null
    },
    async saveCheckpoint(checkpoint) {
      if (disk.fault) throw new JournalUnavailable(disk.fault)
      disk.checkpoints.push({ ...checkpoint, state: Buffer.concat(checkpoint.state).toString() })
    },
    async lastCheckpoint(logic) {
      return disk.checkpoints.findLast((each) => each.logic === logic) ?? null
    },
    close: () => group.settled(),
  }
}
