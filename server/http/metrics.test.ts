import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { protocolVersion } from '#protocol/feed.ts'
import { definitions, topics } from '#topics/index.ts'
import { assemble } from '../assemble.ts'
import { saveLastBackup } from '../journal/last-backup.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { openSqliteJournal } from '../journal/sqlite.ts'
import { realWorld } from '../real-world.ts'
import { createMetrics } from './metrics.ts'

const folder = mkdtempSync(join(tmpdir(), 'wanglou-metrics-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** By what each promise can be watched. A line of the page with none of these would be a promise that nobody can check. */
const promises: Record<string, string[]> = {
  'P1 nothing acknowledged is lost': [
    'wanglou_journal_head_seq',
    'wanglou_journal_recording',
    'wanglou_journal_append_seconds_count',
    'wanglou_journal_append_failures_total',
    'wanglou_scrub_bad_rows',
    'wanglou_scrub_passed_timestamp_seconds',
    'wanglou_backup_seq',
    'wanglou_disk_free_bytes',
  ],
  'P2 resume without a gap': [
    'wanglou_screen_sequence_faults_total{kind="gap"}',
    'wanglou_screen_sequence_faults_total{kind="dup"}',
    'wanglou_screen_sequence_faults_total{kind="reorder"}',
    'wanglou_feed_joins_total{mode="resumed"}',
  ],
  'P3 bounded memory per client': [
    'wanglou_feed_clients{audience="wall"}',
    'wanglou_feed_slow_evictions_total',
    'wanglou_feed_sent_bytes_total',
    'process_resident_memory_bytes',
  ],
  'P4 a reconnect storm does no harm': [
    'wanglou_feed_handshakes_total{status="429"}',
    'wanglou_feed_snapshots_built_total',
  ],
  'P5 a display does not leak': ['wanglou_screens_beating', 'wanglou_screens_frozen'],
  'P6 honest freshness': [
    'wanglou_sources_declared',
    'wanglou_sources_silent',
    'wanglou_faults{severity="error"}',
  ],
  'P7 time is not trusted': ['wanglou_events_clock_suspect_total'],
  'P8 decoders never throw': [
    'wanglou_ingest_lines_total{source="unnamed",outcome="refused"}',
    'wanglou_failures_total{door="http"}',
  ],
  'P9 the event loop stays free': ['wanglou_event_loop_delay_seconds{quantile="0.99"}'],
}

const valuesOf = (text: string): Map<string, number> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.lastIndexOf(' ')
        return [line.slice(0, at), Number(line.slice(at + 1))]
      }),
  )
const event = (id: string, at = Date.now()) => ({
  id,
  type: 'incident.handled',
  at,
  source: 'cad',
  body: { incident: 'x' },
})

it('has a metric for every promise, and for what the journal holds', async () => {
  await saveLastBackup(folder, { seq: 1, takenAt: Date.now() })
  const journal = await openSqliteJournal(folder, realWorld)
  const core = await assemble({
    world: realWorld,
    journal,
    topics,
    definitions,
    simulatedSources: new Set(),
    kept: { folder, scrubHours: 0.0001 },
  })
  const metrics = createMetrics({ clock: realWorld.clock, core })
  metrics.shookHands(429)
  await core.ingest.accept([{ line: 1, value: 'x' }], { isBackfill: false, isSimulated: false })
  await core.ingest.accept([{ line: 1, value: event('a') }], {
    isBackfill: false,
    isSimulated: false,
  })
  let values = valuesOf(await metrics.text())
  for (
    let tries = 0;
    tries < 500 && !values.has('wanglou_scrub_passed_timestamp_seconds');
    tries++
  ) {
    await sleep(20)
    values = valuesOf(await metrics.text())
  }
  for (const [promise, names] of Object.entries(promises)) {
    const missing = names.filter((name) => !Number.isFinite(values.get(name)))
    expect({ promise, missing }).toEqual({ promise, missing: [] })
  }
  const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
  const named = Array.from(values.keys(), (name) => name.replace(/_(bucket|sum|count)?({.*)?$/, ''))
  const ours = new Set(
    named.map((name) => name.replace(/{.*/, '')).filter((name) => name.startsWith('wanglou_')),
  )
  expect([...ours].filter((name) => !page.includes(`\`${name}`))).toEqual([])
  expect([values.get('wanglou_backup_seq'), values.get('wanglou_scrub_bad_rows')]).toEqual([1, 0])
  await core.close()
})

it('moves with what happens, and tells no more sources apart than the door does', async () => {
  const disk = newMemoryDisk(realWorld)
  const core = await assemble({
    world: realWorld,
    journal: openMemoryJournal(disk, realWorld),
    topics,
    definitions,
    simulatedSources: new Set(),
    allowance: { bytes: 300, messages: 1000 },
  })
  const metrics = createMetrics({ clock: realWorld.clock, core })
  const live = { isBackfill: false, isSimulated: false }
  const accept = (...values: unknown[]) =>
    core.ingest.accept(
      values.map((value, n) => ({ line: n + 1, value })),
      live,
    )
  const read = async (name: string) => valuesOf(await metrics.text()).get(name)

  await accept(
    event('a'),
    event('a'),
    { ...event('b'), at: 'x' },
    event('c', Date.now() - 25 * 3_600_000),
  )
  const lines = (outcome: string) =>
    read(`wanglou_ingest_lines_total{source="cad",outcome="${outcome}"}`)
  expect([await lines('accepted'), await lines('duplicate'), await lines('refused')]).toEqual([
    2, 1, 1,
  ])
  expect(await read('wanglou_events_clock_suspect_total')).toBe(1)
  expect(await read('wanglou_journal_head_seq')).toBe(2)
  disk.fault = 'full'
  await expect(accept(event('d'))).rejects.toThrow('full')
  expect(await read('wanglou_journal_append_failures_total')).toBe(1)
  expect(await read('wanglou_journal_recording')).toBe(0)
  expect(await read('wanglou_faults{severity="error"}')).toBe(1)
  disk.fault = null

  // a screen that takes nothing in: what is sent to it stays unwritten
  const { text } = core.hub.join({ send() {}, close() {}, terminate() {} })
  text(JSON.stringify({ kind: 'hello', protocol: protocolVersion, audience: 'wall' }))
  expect(await read('wanglou_feed_clients{audience="wall"}')).toBe(1)
  expect(await read('wanglou_feed_joins_total{mode="snapshot"}')).toBe(1)
  expect(await read('wanglou_feed_snapshots_built_total')).toBe(1)
  expect(await read('wanglou_feed_sent_bytes_total')).toBeGreaterThan(300)
  const beat = {
    kind: 'beat',
    page: '01234567',
    screen: 'w1',
    drawnAgoMs: 60_000,
    isVisible: true,
    seq: 2,
    gap: 0,
    dup: 0,
    reorder: 0,
  }
  text(JSON.stringify(beat))
  text(JSON.stringify({ ...beat, gap: 2 }))
  expect(await read('wanglou_screens_beating')).toBe(1)
  expect(await read('wanglou_screens_frozen')).toBe(1)
  expect(await read('wanglou_screen_sequence_faults_total{kind="gap"}')).toBe(2)
  for (let n = 0; n < 30; n++) text('{"kind":"ping"}')
  expect(await read('wanglou_feed_slow_evictions_total')).toBe(1)
  metrics.shookHands(101)
  metrics.shookHands(401)
  expect(await read('wanglou_feed_handshakes_total{status="401"}')).toBe(1)
  metrics.failed()
  expect(await read('wanglou_failures_total{door="http"}')).toBe(1)

  await accept(...Array.from({ length: 1500 }, (_, n) => ({ ...event(`s${n}`), source: `s${n}` })))
  const names = Array.from(valuesOf(await metrics.text()).keys())
  expect(names.filter((name) => name.includes('outcome="accepted"')).length).toBeLessThanOrEqual(
    1001,
  )
  expect(
    await read('wanglou_ingest_lines_total{source="others",outcome="accepted"}'),
  ).toBeGreaterThan(0)
  await core.close()
})
