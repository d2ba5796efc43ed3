import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Clock } from '../world.ts'
import { type Labelled, metricKinds } from './metric-kinds.ts'
import type { Metrics, Stages } from './options.ts'

/** As many sources as the door tells apart; more are one. */
const sourcesAtMost = 1000
const others = 'others'
/** How often the event loop is looked at. */
const resolutionMs = 10

/** Everything that can be measured, read from the stages when it is asked for. Document each in docs/operations.md. */
export const createMetrics = ({ clock, core }: { clock: Clock; core: Stages }): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const { journal, hub, screens, sources, projection, lane, watch } = core

  const { gauge, total, totalOf } = metricKinds(registry)

  // P1
  const appends = new Histogram({
    name: 'wanglou_journal_append_seconds',
    help: 'From the start of a commit until it was synced',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers,
  })
  let failedAppends = 0
  journal.onTried(({ tookMs, failed }) => {
    if (failed) failedAppends += 1
    else appends.observe(tookMs / 1000)
  })
  gauge('journal_head_seq', 'Last durable seq', () => journal.head)
  gauge('journal_recording', '1 while what is sent is being kept', () =>
    Number(journal.unavailable === null),
  )
  totalOf('journal_append_failures', 'Commits that the disk did not keep', () => failedAppends)
  gauge('disk_free_bytes', 'Room left for the data folder', () => watch?.freeBytes ?? null)
  gauge('checkpoint_seq', 'Last seq of the newest checkpoint', () => projection.saved.seq)
  gauge(
    'checkpoint_age_seconds',
    'Since the newest checkpoint, or the start',
    () => (clock.monotonic() - projection.saved.atMs) / 1000,
  )
  gauge(
    'scrub_seq',
    'Last row that this pass of the scrub has verified',
    () => watch?.scrub.seq ?? null,
  )
  gauge('scrub_passed_timestamp_seconds', 'When the last whole pass ended', () => {
    const passedAt = watch?.scrub.passedAt
    return passedAt ? passedAt / 1000 : null
  })
  gauge('scrub_bad_rows', 'Rows that are not what was written', () => watch?.scrub.badRows ?? null)
  gauge('backup_seq', 'Last seq of the newest backup', () => watch?.backup?.seq ?? null)
  gauge('backup_timestamp_seconds', 'When the newest backup was taken', () => {
    const backup = watch?.backup
    return backup ? backup.takenAt / 1000 : null
  })

  // the door
  const accepted = new Map<string, number>()
  let clockSuspect = 0
  journal.onCommitted((rows) => {
    for (const { source, flags } of rows) {
      const key = accepted.has(source) || accepted.size < sourcesAtMost ? source : others
      accepted.set(key, (accepted.get(key) ?? 0) + 1)
      if (flags.includes('clockSuspect')) clockSuspect += 1
    }
  })
  total('ingest_lines', 'Lines at the door, by what became of them', ['source', 'outcome'], () => [
    ...Array.from(accepted, ([source, n]): Labelled => [{ source, outcome: 'accepted' }, n]),
    ...sources.door().tallies.flatMap(({ source, ...tally }): Labelled[] => [
      [{ source, outcome: 'duplicate' }, tally.duplicates],
      [{ source, outcome: 'refused' }, tally.refused],
    ]),
  ])
  total('ingest_masked_numbers', 'Numbers that were masked in free text', ['source'], () =>
    sources.door().tallies.map(({ source, masked }) => [{ source }, masked]),
  )
  total('ingest_masked_by_kind', 'The same, by what they were', ['kind'], () =>
    Object.entries(core.ingest.masked).map(([kind, count]) => [{ kind }, count]),
  )
  gauge('quarantine_lines', 'Refused lines that are kept', () => core.quarantine.stats().lines)
  gauge('quarantine_bytes', 'Their texts together', () => core.quarantine.stats().bytes)
  total('quarantined', 'Refused lines, by what became of them', ['outcome'], () => {
    const { kept, evicted, notKept, resent, discarded } = core.quarantine.stats()
    return Object.entries({ kept, evicted, notKept, resent, discarded }).map(
      ([outcome, count]): Labelled => [{ outcome }, count],
    )
  })
  total('ingest_fixes', 'Positions taken', ['source'], () =>
    sources.door().tallies.map(({ source, fixes }) => [{ source }, fixes]),
  )
  // P7
  totalOf('events_clock_suspect', 'Events whose own time was not believed', () => clockSuspect)

  // P2
  total(
    'screen_sequence_faults',
    'What the screens’ standing checkers have counted',
    ['kind'],
    () => Object.entries(screens.counted()).map(([kind, count]) => [{ kind }, count]),
  )
  total('feed_joins', 'Screens that joined, by what they were given', ['mode'], () => [
    [{ mode: 'resumed' }, hub.counted.resumed],
    [{ mode: 'snapshot' }, hub.counted.snapshots],
  ])
  // P3
  new Gauge({
    name: 'wanglou_feed_clients',
    help: 'Open feeds',
    labelNames: ['audience'],
    registers,
    collect() {
      for (const [audience, clients] of hub.clientsBy()) this.set({ audience }, clients)
    },
  })
  totalOf(
    'feed_slow_evictions',
    'Screens let go because they could not keep up',
    () => hub.counted.slowEvictions,
  )
  totalOf('feed_sent_frames', 'Frames sent to screens', () => hub.counted.sentFrames)
  totalOf('feed_sent_bytes', 'Bytes sent to screens', () => hub.counted.sentBytes)
  totalOf('feed_track_frames', 'Frames of positions sent to screens', () => hub.counted.trackFrames)
  gauge('track_units', 'Units whose position is known', () => lane.units.length)
  // P4
  const handshakes = new Counter({
    name: 'wanglou_feed_handshakes_total',
    help: 'Upgrades asked for, by the answer',
    labelNames: ['status'],
    registers,
  })
  totalOf(
    'feed_snapshots_built',
    'Snapshots made; all who come at the same time share one',
    () => hub.counted.snapshotsBuilt,
  )
  // P5
  gauge('screens_beating', 'Screens that send their own heartbeat', () => screens.beating)
  gauge('screens_frozen', 'Screens that have stopped drawing', () => screens.faults().length)
  // P6
  const standing =
    (counts: (of: { intervalMs: number | null; silentSince: number | null }) => boolean) => () =>
      Array.from(core.standings().values()).filter(counts).length
  gauge(
    'sources_declared',
    'Sources that have promised an interval',
    standing(({ intervalMs }) => intervalMs !== null),
  )
  gauge(
    'sources_silent',
    'Sources that have broken it',
    standing(({ silentSince }) => silentSince !== null),
  )
  new Gauge({
    name: 'wanglou_faults',
    help: 'Faults that stand now',
    labelNames: ['severity'],
    registers,
    collect() {
      const faults = core.faults()
      for (const severity of ['warning', 'error'] as const)
        this.set({ severity }, faults.filter((fault) => fault.severity === severity).length)
    },
  })
  // P8
  let failures = 0
  total(
    'failures',
    'What the server itself failed on; a bad line or message is none',
    ['door'],
    () => [
      [{ door: 'http' }, failures],
      [{ door: 'feed' }, hub.counted.failures],
    ],
  )
  // P9
  const delays = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  // it measures from one look to the next, of which the resolution is no delay
  const delaySeconds = (ns: number): number => Math.max(0, ns / 1e9 - resolutionMs / 1000)
  new Gauge({
    name: 'wanglou_event_loop_delay_seconds',
    help: 'How late the event loop was since the last time this was read',
    labelNames: ['quantile'],
    registers,
    collect() {
      this.set({ quantile: '0.5' }, delaySeconds(delays.percentile(50)))
      this.set({ quantile: '0.99' }, delaySeconds(delays.percentile(99)))
      this.set({ quantile: '1' }, delaySeconds(delays.max))
      delays.reset()
    },
  })

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    shookHands: (status) => handshakes.inc({ status: String(status) }),
    failed() {
      failures += 1
    },
  }
}
