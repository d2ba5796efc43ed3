import type { Fault } from '#protocol/feed.ts'
import type { Clock } from '../world.ts'
import type { Journal } from './journal.ts'

/** Commits of this long ago still count, ms, the last so many of them. */
const windowMs = 30_000
const commitsAtMost = 2000
/** Whoever waits longer than this for an acknowledgement sees the wall lag, ms. */
const slowFromMs = 1000

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** How quick the disk keeps what is sent, and what to say when it is not. */
export const watchPace = (clock: Clock, journal: Pick<Journal, 'onTried' | 'waitingSinceMs'>) => {
  let commits: { endedAtMs: number; tookMs: number }[] = []
  let since: number | null = null
  journal.onTried(({ tookMs }) => {
    commits.push({ endedAtMs: clock.monotonic(), tookMs })
    if (commits.length > 2 * commitsAtMost) commits = commits.slice(-commitsAtMost)
  })

  const messageNow = (): string | null => {
    const now = clock.monotonic()
    const waitedMs = journal.waitingSinceMs === null ? 0 : now - journal.waitingSinceMs
    commits = commits.filter(({ endedAtMs }) => endedAtMs > now - windowMs).slice(-commitsAtMost)
    const times = commits.map(({ tookMs }) => tookMs).sort((a, b) => a - b)
    const p99Ms = times[Math.ceil(0.99 * times.length) - 1] ?? 0
    if (Math.max(p99Ms, waitedMs) < slowFromMs) return null
    const past = times.length > 0 ? `p99 of the last ${times.length} commits ${seconds(p99Ms)}` : ''
    const present = waitedMs < slowFromMs ? '' : `one has been waiting for ${seconds(waitedMs)}`
    return `The disk is slow: ${[past, present].filter((part) => part !== '').join(', ')}`
  }

  return {
    get fault(): Fault | null {
      const message = messageNow()
      since = message === null ? null : (since ?? clock.now())
      if (message === null || since === null) return null
      return {
        id: 'disk-slow',
        severity: 'warning',
        message,
        tip: 'Nothing is lost, but it comes late. See what else uses the disk of the data folder (docs/operations.md).',
        since,
      }
    },
  }
}
