import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import type { JournalRow } from '#protocol/event.ts'
import type { Manifest } from '../operate/manifest.ts'
import { bulkEvent, startLoad } from './load.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'

/** More for figures: 1000000 takes a minute or two, 10000000 a quarter of an hour and 20 GiB. */
const events = Number(process.env.WANGLOU_BACKUP_EVENTS ?? 20_000)
const eventsPerPost = 2000
const timeoutMs = 120_000 + events / 5

const trash: string[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-backup-'))
  trash.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of trash) rmSync(folder, { recursive: true, force: true })
})

const operate = async (command: 'backup' | 'restore', folder: string, data: string) => {
  const script = fileURLToPath(new URL(`../operate/${command}.ts`, import.meta.url))
  const startedMs = performance.now()
  const env = { PATH: process.env.PATH, WANGLOU_DATA: data }
  const child = spawn(process.execPath, [script, folder], { env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const [code] = (await once(child, 'close')) as [number]
  return { code, output, ms: performance.now() - startedMs }
}

/** Rows from a seq on: millions before it are told by the hash that they lead to. */
const rowsFrom = async (of: ServerProcess, from: number): Promise<JournalRow[]> => {
  const rows: JournalRow[] = []
  for (;;) {
    const answer = await fetch(`${of.url}/api/journal?from=${from + rows.length}&limit=10000`, {
      headers: { authorization: `Bearer ${of.token}` },
    })
    const lines = (await answer.text()).split('\n').filter((line) => line !== '')
    if (lines.length === 0) return rows
    for (const line of lines) rows.push(JSON.parse(line) as JournalRow)
  }
}

const manifestOf = (backup: string): Manifest =>
  JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'))
const onlyBackup = (folder: string): string => join(folder, readdirSync(folder)[0]!)

let server: ServerProcess
let restored: ServerProcess
beforeEach(async () => {
  server = await createServerProcess()
  restored = await createServerProcess()
})
afterEach(async () => {
  await server.remove()
  await restored.remove()
})

const perSecond = (count: number, ms: number): string => `${Math.round(count / (ms / 1000))}/s`
const mib = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(0)} MiB`

it(
  'backs up while events pour in, and a restore elsewhere ends in the same hash and lacks nothing acknowledged',
  async () => {
    await server.start()
    // as if an earlier start had made it, and positions had been recorded
    writeFileSync(join(server.folder, 'ingest-token'), `${server.token}\n`, { mode: 0o600 })
    const units = [{ unit: 'JH-12', at: Date.now(), lon: 100.8, lat: 22 }]
    await fetch(`${server.url}/ingest/tracks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(units),
    })
    await sleep(1500)
    for (let n = 0; n < events; n += eventsPerPost) {
      const lines = Array.from({ length: eventsPerPost }, (_, each) =>
        bulkEvent(`b-${n + each}`, 'bulk'),
      )
      await server.post(lines)
    }
    // positions are on the disk after a clean stop
    await server.end('SIGTERM')
    await server.start()

    const backups = newFolder()
    const load = startLoad(server, { senders: 4, eventsPerPost: 50, everyMs: 100 })
    await sleep(1000)
    const before = new Set(load.acknowledged)
    const startedMs = performance.now()
    const taken = await operate('backup', backups, server.folder)
    const during = load.acknowledged.size - before.size
    const duringMs = performance.now() - startedMs
    expect(taken.output).toContain('chain verified')
    await sleep(500)
    await load.stop()
    expect(load.refusals).toEqual(new Map())

    const backup = onlyBackup(backups)
    const manifest = manifestOf(backup)
    expect(statSync(backup).mode & 0o777).toBe(0o700)
    expect(statSync(join(backup, 'ingest-token')).mode & 0o777).toBe(0o600)
    expect(manifest.files.some(({ name }) => name.startsWith('tracks/'))).toBe(true)
    const rows = await rowsFrom(server, events + 1)
    expect(rows[manifest.head - events - 1]!.hash).toBe(manifest.headHash)
    await server.end('SIGKILL')

    const rtoFromMs = performance.now()
    const back = await operate('restore', backups, restored.folder)
    expect(back.output).toContain(`seq 1 to ${manifest.head}`)
    await restored.start()
    const rtoMs = performance.now() - rtoFromMs
    const health = await (await fetch(`${restored.url}/healthz`)).json()
    expect(health).toMatchObject({ status: 'ok', seq: manifest.head, faults: [] })
    expect(health.epoch).not.toBe(manifest.epoch)
    const copied = await rowsFrom(restored, events + 1)
    expect(copied.at(-1)!.hash).toBe(manifest.headHash)
    expect(copied).toEqual(rows.slice(0, copied.length))
    // whatever was acknowledged before the backup began is in it
    const ids = new Set(copied.map(({ id }) => id))
    expect([...before].filter((id) => !ids.has(id))).toEqual([])
    expect(during).toBeGreaterThan(0)
    // and the restored journal goes on
    expect(await restored.post([bulkEvent('after', 'bulk')])).toMatchObject({ accepted: 1 })

    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    console.log(
      `${manifest.head} events, ${mib(bytes)}: backup ${(taken.ms / 1000).toFixed(1)} s under ${perSecond(during, duringMs)}, ` +
        `restore ${(back.ms / 1000).toFixed(1)} s, restore and start ${(rtoMs / 1000).toFixed(1)} s`,
    )
  },
  timeoutMs,
)

it('restores nothing over a journal, nothing under a server, and nothing that is not what was backed up', async () => {
  await server.start()
  await server.post([bulkEvent('a', 'bulk'), bulkEvent('b', 'bulk')])
  const backups = newFolder()
  expect((await operate('backup', backups, server.folder)).code).toBe(0)
  const backup = onlyBackup(backups)
  expect(existsSync(join(backup, 'ingest-token'))).toBe(false)

  const running = await operate('restore', backup, server.folder)
  expect([running.code, running.output]).toEqual([
    1,
    expect.stringContaining('another process (pid'),
  ])
  await server.end('SIGTERM')
  const full = await operate('restore', backup, server.folder)
  expect([full.code, full.output]).toEqual([
    1,
    expect.stringContaining('is there already, and a restore replaces nothing: move'),
  ])

  const bitten = newFolder()
  const copy = join(bitten, 'copy')
  const journal = join(copy, 'journal.sqlite')
  cpSync(backup, copy, { recursive: true })
  const bytes = readFileSync(journal)
  bytes[bytes.length - 100]! ^= 1
  writeFileSync(journal, bytes)
  const altered = await operate('restore', copy, restored.folder)
  expect([altered.code, altered.output]).toEqual([1, expect.stringContaining('SHA-256 differs')])
  expect(existsSync(join(restored.folder, 'journal.sqlite'))).toBe(false)
  // an unfinished backup is none
  rmSync(join(copy, 'manifest.json'))
  const unfinished = await operate('restore', bitten, restored.folder)
  expect([unfinished.code, unfinished.output]).toEqual([
    1,
    expect.stringContaining('no whole backup'),
  ])
  // and after all that, the good one still goes in
  expect((await operate('restore', backups, restored.folder)).code).toBe(0)
})

it('backs up no journal that does not verify', async () => {
  await server.start()
  await server.post([bulkEvent('a', 'bulk'), bulkEvent('b', 'bulk')])
  await server.end('SIGTERM')
  const db = new DatabaseSync(join(server.folder, 'journal.sqlite'))
  db.exec("UPDATE events SET source = 'x' WHERE seq = 1")
  db.close()
  const backups = newFolder()
  const { code, output } = await operate('backup', backups, server.folder)
  expect([code, output]).toEqual([1, expect.stringContaining('seq 1 was altered')])
  expect(readdirSync(backups)).toEqual([])
})
