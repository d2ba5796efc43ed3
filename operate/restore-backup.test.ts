import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { openSqliteJournal } from '#server/journal/sqlite.ts'
import { refused } from '#server/quarantine/refused.fixture.ts'
import { openStore } from '#server/quarantine/store.ts'
import { realWorld } from '#server/real-world.ts'
import { quiet } from '#server/world.ts'
import { type Manifest, OperationRefused } from './manifest.ts'
import { restoreBackup } from './restore-backup.ts'
import { takeBackup } from './take-backup.ts'

const bounds = { linesPerDoor: 1000, bytesInAll: 1e7, days: 30 }
const fill = (folder: string, lines: number) => {
  const store = openStore(join(folder, 'quarantine.sqlite'), bounds, [])
  store.keep(
    Array.from({ length: lines }, () => refused()),
    Date.now(),
  )
  return store
}

let root: string
let [from, backups, to] = ['', '', '']
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'wanglou-restore-'))
  ;[from, backups, to] = [join(root, 'from'), join(root, 'backups'), join(root, 'to')]
  for (const folder of [from, backups, to]) mkdirSync(folder)
  const journal = await openSqliteJournal(from, { ...realWorld, log: quiet })
  const [at, source, flags] = [Date.now(), 'cad', []]
  await journal.append([{ id: 'e1', type: 't.x', at, seenAt: at, source, flags, body: { v: 1 } }])
  await journal.close()
  fill(from, 500).close()
  await takeBackup(from, backups)
  return () => rmSync(root, { recursive: true })
})

it('brings the quarantine back with the journal', async () => {
  await restoreBackup(backups, to)
  const store = openStore(join(to, 'quarantine.sqlite'), bounds, [])
  expect(store.totals()).toMatchObject({ lines: 500 })
  store.close()
})

it('replaces no quarantine, and puts none beside the log of another', async () => {
  const other = join(root, 'other')
  mkdirSync(other)
  const open = fill(other, 3)
  // as a killed server leaves it
  for (const name of readdirSync(other)) copyFileSync(join(other, name), join(to, name))
  open.close()
  await expect(restoreBackup(backups, to)).rejects.toThrow('quarantine.sqlite is there already')
  renameSync(join(to, 'quarantine.sqlite'), join(root, 'away'))
  await expect(restoreBackup(backups, to)).rejects.toThrow('quarantine.sqlite-wal is there already')
})

it.each<[string, (manifest: Manifest) => unknown]>([
  ['files that are lists', ({ files }) => [...files, { ...files[0], name: ['x'] }]],
  ['the folder as a file', ({ files }) => [...files, { ...files[0], name: '.' }]],
  ['a file twice', ({ files }) => [...files, files[0]]],
  ['a file that nothing is known of', ({ files }) => [...files, { name: 'x' }]],
])('refuses, in words, a manifest with %s', async (_, files) => {
  const file = join(backups, readdirSync(backups)[0]!, 'manifest.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  writeFileSync(file, JSON.stringify({ ...manifest, files: files(manifest) }))
  await expect(restoreBackup(backups, to)).rejects.toThrow(OperationRefused)
  await expect(restoreBackup(backups, to)).rejects.toThrow('is damaged')
})
