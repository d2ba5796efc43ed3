import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { realWorld } from '../real-world.ts'
import { describeJournal, draft, utf8 } from './journal.contract.ts'
import { JournalBroken, JournalLocked } from './journal.ts'
import { newMemoryDisk, openMemoryJournal } from './memory.ts'
import { openSqliteJournal } from './sqlite.ts'

const folders: string[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-journal-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

describeJournal('the embedded journal', async (log) => {
  const folder = newFolder()
  return () => openSqliteJournal(folder, { ...realWorld, log })
})
describeJournal('the journal for simulations', async (log) => {
  const disk = newMemoryDisk(realWorld)
  return async () => openMemoryJournal(disk, { ...realWorld, log })
})

const withSql = (folder: string, sql: string): void => {
  const db = new DatabaseSync(join(folder, 'journal.sqlite'))
  db.exec(sql)
  db.close()
}

it('lets no second journal into its folder, and the next one in when it is closed', async () => {
  const folder = newFolder()
  const journal = await openSqliteJournal(folder, realWorld)
  await expect(openSqliteJournal(folder, realWorld)).rejects.toThrow(JournalLocked)
  await expect(openSqliteJournal(folder, realWorld)).rejects.toThrow(`pid ${process.pid}`)
  await journal.close()
  await (await openSqliteJournal(folder, realWorld)).close()
})

it.each([
  [
    'an altered body',
    "UPDATE events SET body = replace(body, '警-1', '警-2') WHERE seq = 4",
    'seq 4 was altered',
  ],
  ['an altered time', 'UPDATE events SET seenAt = seenAt + 1 WHERE seq = 5', 'seq 5 was altered'],
  ['a row taken out', 'DELETE FROM events WHERE seq = 4', 'seq 4 is missing'],
])('refuses to start on %s after the last checkpoint', async (_, sql, says) => {
  const folder = newFolder()
  const journal = await openSqliteJournal(folder, realWorld)
  await journal.append(Array.from({ length: 6 }, (_, n) => draft(`e${n}`)))
  const [second] = await journal.read(2, 1)
  await journal.saveCheckpoint({ seq: 2, hash: second!.hash, logic: 'x', state: utf8('{}') })
  await journal.close()
  withSql(folder, sql)
  await expect(openSqliteJournal(folder, realWorld)).rejects.toThrow(says)
  await expect(openSqliteJournal(folder, realWorld)).rejects.toThrow(JournalBroken)
})

it('refuses to start when the row of its last checkpoint was altered', async () => {
  const folder = newFolder()
  const journal = await openSqliteJournal(folder, realWorld)
  await journal.append([draft('a'), draft('b')])
  await journal.saveCheckpoint({ seq: 2, hash: journal.headHash, logic: 'x', state: utf8('{}') })
  await journal.close()
  withSql(folder, "UPDATE events SET body = replace(body, '警-1', '警-2') WHERE seq = 2")
  await expect(openSqliteJournal(folder, realWorld)).rejects.toThrow('seq 2 was altered')
})

it('refuses to start when the row of its last checkpoint is another', async () => {
  const folder = newFolder()
  const journal = await openSqliteJournal(folder, realWorld)
  await journal.append([draft('a'), draft('b')])
  await journal.saveCheckpoint({ seq: 2, hash: journal.headHash, logic: 'x', state: utf8('{}') })
  await journal.close()
  withSql(folder, 'DELETE FROM events WHERE seq = 2')
  await expect(openSqliteJournal(folder, realWorld)).rejects.toThrow('seq 2')
})

it('keeps the last two checkpoints and no more', async () => {
  const folder = newFolder()
  const journal = await openSqliteJournal(folder, realWorld)
  await journal.append(Array.from({ length: 6 }, (_, n) => draft(`e${n}`)))
  for (const { seq, hash } of await journal.read(1, 6))
    await journal.saveCheckpoint({ seq, hash, logic: 'x', state: utf8('{}') })
  await journal.close()
  const db = new DatabaseSync(join(folder, 'journal.sqlite'))
  expect(db.prepare('SELECT seq FROM checkpoints ORDER BY seq').all()).toEqual([
    { seq: 5 },
    { seq: 6 },
  ])
  db.close()
})

it('refuses appends while the disk takes none, and goes on without a gap afterwards', async () => {
  const folder = newFolder()
  const journal = await openSqliteJournal(folder, realWorld)
  await journal.append([draft('a')])
  // another connection's write lock stands for a disk that cannot be written
  const blocker = new DatabaseSync(join(folder, 'journal.sqlite'))
  blocker.exec('BEGIN IMMEDIATE')
  await expect(journal.append([draft('b')])).rejects.toThrow('locked')
  expect(journal.unavailable).toContain('locked')
  expect(journal.head).toBe(1)
  blocker.exec('ROLLBACK')
  blocker.close()
  expect(await journal.append([draft('b')])).toEqual([{ kind: 'accepted', seq: 2 }])
  expect(journal.unavailable).toBeNull()
  await journal.close()
})

it('does not take a damaged file for a disk that has recovered', async () => {
  const folder = newFolder()
  const journal = await openSqliteJournal(folder, realWorld)
  await journal.append(Array.from({ length: 500 }, (_, n) => draft(`e${n}`)))
  // another connection's commit, so that the writer reads the file again
  withSql(folder, "INSERT INTO meta VALUES ('x', 'y'); PRAGMA wal_checkpoint(TRUNCATE)")
  const path = join(folder, 'journal.sqlite')
  const bytes = readFileSync(path)
  // all but the first pages: what a probe needs is whole
  writeFileSync(path, bytes.fill(0xff, 3 * 4096))
  await expect(journal.append([draft('x')])).rejects.toThrow('malformed')
  await sleep(2500)
  expect(journal.unavailable).toContain('malformed')
  await journal.close()
})
