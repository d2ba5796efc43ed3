import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault } from '#protocol/feed.ts'
import type { Clock, Log } from '../world.ts'
import type { Journal } from './journal.ts'
import type { SliceResult } from './sqlite-scrub.ts'
import { startStoreThread } from './store-thread.ts'
import { replaceWhole } from './whole-file.ts'

const hourMs = 3_600_000
const sliceEveryMs = 5000
const slicesPerPass = 200
const rowsPerSliceAtLeast = 200
const rowsPerSliceAtMost = 5000
/** A pass is paced to end this much before it must have: reads are not always quick. */
const share = 0.8
/** Between two passes, as a part of one: a small journal need not be read all the time. */
const rest = 0.05
/** A disk that cannot be read for so many looks is as bad as a damaged row. */
const failuresAtMost = 10
const savedEveryMs = 60_000

/** What a pass has found; `first` is what is told. */
interface Found {
  first: { why: string; since: number } | null
  badRows: number
}
/** Where the scrub stands; kept beside the journal, so that a restart neither begins anew nor forgets a finding. */
interface Progress {
  epoch: string
  /** the last row that was looked at in this pass */
  seq: number
  hash: string | null
  found: Found
  /** the last whole pass, and when it ended, ms */
  before: Found & { endedAt: number | null }
}

/** What the scrub knows of the chain. */
export interface Scrub {
  readonly fault: Fault | null
  /** the last row that this pass has verified */
  readonly seq: number
  /** when the last whole pass ended, ms; null: none has yet */
  readonly passedAt: number | null
  /** bad rows that this pass, or the last whole one, has found */
  readonly badRows: number
  stop(): Promise<void>
}

const nothing: Found = { first: null, badRows: 0 }
const freshProgress = (epoch: string): Progress => ({
  epoch,
  seq: 0,
  hash: null,
  found: nothing,
  before: { ...nothing, endedAt: null },
})

const readProgress = (file: string, epoch: string): Progress => {
  try {
    const saved = JSON.parse(readFileSync(file, 'utf8')) as Progress
    return saved.epoch === epoch ? { ...freshProgress(epoch), ...saved } : freshProgress(epoch)
  } catch {
    // none yet, or no more to be read: the pass begins anew
    return freshProgress(epoch)
  }
}

/** How many rows to look at, and how often, so that all of them are looked at within the hours. */
export const paceOf = (head: number, hours: number): { rows: number; everyMs: number } => {
  const passMs = hours * hourMs * share
  const usualMs = Math.min(sliceEveryMs, passMs / slicesPerPass)
  const needed = Math.ceil((head * usualMs) / passMs)
  const rows = Math.min(rowsPerSliceAtMost, Math.max(rowsPerSliceAtLeast, needed))
  return { rows, everyMs: Math.min(usualMs, (passMs * rows) / Math.max(1, head)) }
}

/**
 * Reads the whole chain again and again, a little at a time, so that each row is looked at within `hours`, and
 * tells the first that is not what was written. A finding stands until a whole pass has found nothing.
 */
export const startScrub = async (options: {
  clock: Clock
  log: Log
  journal: Journal
  folder: string
  hours: number
}): Promise<Scrub> => {
  const { clock, log, journal } = options
  const file = join(options.folder, 'scrub.json')
  const thread = startStoreThread({ path: join(options.folder, 'journal.sqlite'), role: 'scrub' })
  await thread.opened
  const { hours } = options
  const progress = readProgress(file, journal.epoch)
  let savedAtMs = clock.monotonic()
  let failures = 0
  let isStopped = false
  let underWay: Promise<void> = Promise.resolve()

  const save = async (): Promise<void> => {
    savedAtMs = clock.monotonic()
    await replaceWhole(file, `${JSON.stringify(progress)}\n`).catch(() => {
      // then a restart looks again from further back
    })
  }
  const find = (why: string): void => {
    const { found, before } = progress
    if (found.first) return
    progress.found = { ...found, first: { why, since: before.first?.since ?? clock.now() } }
    if (before.first?.why !== why) log.error('The scrub found damage in the journal', { why })
  }
  const endPass = async (): Promise<void> => {
    const isWhole = progress.found.badRows === 0
    const why = isWhole ? ((await thread.call('whole')) as string | null) : null
    if (why !== null) find(`the file is damaged: ${why}`)
    const { found, before, seq } = progress
    if (before.first && !found.first) log.info('The scrub finds the journal whole again')
    log.debug('A pass of the scrub ended', { rows: seq, badRows: found.badRows })
    Object.assign(progress, freshProgress(progress.epoch))
    progress.before = { ...found, endedAt: clock.now() }
    await save()
  }

  /** How long to wait for the next look. */
  const look = async (): Promise<number> => {
    const { head } = journal
    const { rows, everyMs } = paceOf(head, hours)
    const toSeq = Math.min(head, progress.seq + rows)
    const result = (await thread.call('slice', progress, toSeq)) as SliceResult
    failures = 0
    progress.seq = result.seq
    progress.hash = result.hash
    const hadFound = progress.found.first !== null
    progress.found = { ...progress.found, badRows: progress.found.badRows + result.bad.length }
    if (result.bad[0]) find(result.bad[0].why)
    if (progress.seq >= head) {
      await endPass()
      return hours * hourMs * rest
    }
    const isDue = clock.monotonic() - savedAtMs >= savedEveryMs
    if (isDue || (progress.found.first && !hadFound)) await save()
    return everyMs
  }

  const again = (): void => {
    const startedMs = clock.monotonic()
    underWay = look()
      .catch((fault: Error) => {
        failures += 1
        if (failures === failuresAtMost)
          find(`seq ${progress.seq + 1} and after cannot be read: ${fault.message}`)
        return paceOf(journal.head, hours).everyMs
      })
      .then((waitMs) => {
        const tookMs = clock.monotonic() - startedMs
        if (!isStopped) cancel = clock.after(Math.max(0, waitMs - tookMs), again)
      })
  }
  let cancel = clock.after(paceOf(journal.head, hours).everyMs, again)

  return {
    get fault() {
      const found = progress.found.first ?? progress.before.first
      return (
        found && {
          id: 'scrub',
          severity: 'error' as const,
          message: `The journal is damaged on the disk: ${found.why}`,
          tip: 'What is sent is still kept. Look at the disk, and restore the last backup that is whole (docs/operations.md).',
          since: found.since,
        }
      )
    },
    get seq() {
      return progress.seq
    },
    get passedAt() {
      return progress.before.endedAt
    },
    get badRows() {
      return Math.max(progress.found.badRows, progress.before.badRows)
    },
    async stop() {
      isStopped = true
      cancel()
      await underWay
      await save()
      // a thread that has ended has nothing left to close, and must not keep the journal open
      await thread.call('close').catch(() => {})
    },
  }
}
