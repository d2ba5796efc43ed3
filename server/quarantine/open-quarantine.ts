import type { Fault } from '#protocol/feed.ts'
import { createClockBelief } from '../clock-belief.ts'
import type { Clock } from '../world.ts'
import { keptBytesAtMost } from './mask-line.ts'
import type { Quarantine, QuarantineStats, Refused } from './quarantine.ts'
import type { StoreTotals } from './store.ts'
import type { StoreCalls } from './store-calls.ts'

/** What may wait for the store; what comes beyond it is counted and let go. */
const waitingLinesAtMost = 30_000
const waitingBytesAtMost = 32 * 1024 * 1024
const linesPerCall = 500
/** A door answers after this, kept or not. */
const answerWithinMs = 2000
const probeEveryMs = 5000
const hourMs = 3_600_000
/** A loss that is over is told for so long. */
const tellLossForMs = 60_000

const bytesOf = (lines: readonly Refused[]): number =>
  lines.reduce((sum, { bytes }) => sum + bytes.length, 0)

/** Keeps refused lines through a store that may be slow or fail. */
export const openQuarantine = (clock: Clock, call: StoreCalls): Quarantine => {
  const isBelieved = createClockBelief(clock, false)
  let waitingLines = 0
  let waitingBytes = 0
  const underWay = new Set<Promise<number>>()
  let stopProbing: (() => void) | null = null
  let lost = { lines: 0, since: 0, lastMs: 0, why: '' }
  let failing: string | null = null
  let totals: StoreTotals = { lines: 0, bytes: 0 }
  const counted = { kept: 0, evicted: 0, notKept: 0, resent: 0, discarded: 0 }

  const lose = (lines: number, why: string): void => {
    const since = lost.since || clock.now()
    lost = { lines: lost.lines + lines, since, lastMs: clock.monotonic(), why }
    counted.notKept += lines
  }
  const tell = ({ lines, bytes, evicted }: StoreTotals & { evicted?: number }): void => {
    totals = { lines, bytes }
    counted.evicted += evicted ?? 0
  }
  const recover = (): void => {
    failing = null
    stopProbing?.()
    stopProbing = null
  }
  const fail = (fault: unknown): void => {
    lost.since ||= clock.now()
    failing = (fault as Error).message
    stopProbing ??= clock.every(probeEveryMs, () => {
      call('probe', clock.now(), isBelieved()).then((found) => {
        tell(found)
        recover()
      }, fail)
    })
  }

  const keepNow = async (lines: readonly Refused[]): Promise<number> => {
    try {
      tell(await call('keep', lines, clock.now(), isBelieved()))
      counted.kept += lines.length
      recover()
      return lines.length
    } catch (fault) {
      fail(fault)
      lose(lines.length, (fault as Error).message)
      return 0
    } finally {
      waitingLines -= lines.length
      waitingBytes -= bytesOf(lines)
    }
  }

  /** As many as there is room for, from the first on. */
  const admit = (lines: readonly Refused[]): readonly Refused[] => {
    let bytes = waitingBytes
    const room = Math.max(0, waitingLinesAtMost - waitingLines)
    const refused = lines.findIndex((line, index) => {
      bytes += line.bytes.length
      return index >= room || bytes > waitingBytesAtMost
    })
    return refused === -1 ? lines : lines.slice(0, refused)
  }

  const keepPart = (lines: readonly Refused[]): Promise<number> => {
    const kept = keepNow(lines)
    underWay.add(kept)
    return kept.finally(() => underWay.delete(kept))
  }

  const stopPruning = clock.every(hourMs, () => {
    if (!failing) call('probe', clock.now(), isBelieved()).then(tell, fail)
  })
  call('probe', clock.now(), isBelieved()).then(tell, fail)

  return {
    async keep(lines) {
      if (lines.length === 0) return 0
      const admitted = admit(lines)
      if (admitted.length < lines.length)
        lose(lines.length - admitted.length, 'they came faster than the disk took them')
      // a view of a sending would hold all of it
      const own = admitted.map((line) => ({
        ...line,
        bytes: line.bytes.slice(0, keptBytesAtMost + 1),
      }))
      waitingLines += own.length
      waitingBytes += bytesOf(own)
      const parts = Array.from({ length: Math.ceil(own.length / linesPerCall) }, (_, part) =>
        keepPart(own.slice(part * linesPerCall, (part + 1) * linesPerCall)),
      )
      let kept = 0
      for (const part of parts) part.then((count) => (kept += count))
      return new Promise((resolve) => {
        let cancel = clock.after(answerWithinMs, () => {
          // after a busy moment the clock is heard first: what is kept by now gets its turn
          cancel = clock.after(1, () => resolve(kept))
        })
        void Promise.all(parts).then(() => {
          cancel()
          resolve(kept)
        })
      })
    },
    list: (selection, limit, from) => call('list', selection, limit, from),
    reasons: (selection) => call('reasons', selection),
    pick: (ns) => call('pick', ns),
    async settle(taken, refused) {
      tell(await call('settle', taken, refused))
      counted.resent += taken.length
    },
    async discard(ns) {
      const { discarded, ...left } = await call('discard', ns)
      tell(left)
      counted.discarded += discarded
      return discarded
    },
    stats: (): QuarantineStats => ({ ...totals, ...counted }),
    get fault(): Fault | null {
      const isOver = clock.monotonic() - lost.lastMs > tellLossForMs
      if (!failing && waitingLines === 0 && isOver)
        lost = { lines: 0, since: 0, lastMs: 0, why: '' }
      if (!failing && lost.lines === 0) return null
      return {
        id: 'quarantine',
        severity: failing ? 'error' : 'warning',
        message: `Refused lines are not all kept (${lost.lines} lost): ${failing ?? lost.why}`,
        tip: failing
          ? 'Senders are told of each line all the same. Look at the disk of the data folder; keeping goes on by itself.'
          : 'They are being kept again. GET /api/quarantine says who sends them, and why they are refused.',
        since: lost.since,
      }
    },
    async close() {
      stopPruning()
      stopProbing?.()
      await Promise.all(underWay)
      await call('close').catch(() => {})
    },
  }
}
