import { mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { realWorld } from '../real-world.ts'
import { type LogFields, quiet } from '../world.ts'
import { draft } from './journal.contract.ts'
import { JournalBroken } from './journal.ts'
import { lastBackup } from './last-backup.ts'
import { openSqliteJournal } from './sqlite.ts'
import { readWitness } from './witness.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wanglou-witness-'))
  path = join(folder, 'journal.sqlite')
  const journal = await openSqliteJournal(folder, realWorld)
  await journal.append(Array.from({ length: 9 }, (_, n) => draft(`e${n}`)))
  await journal.close()
})
afterEach(() => rmSync(folder, { recursive: true }))

const withSql = (sql: string): void => {
  const db = new DatabaseSync(path)
  db.exec(sql)
  db.close()
}
const witness = () => JSON.parse(readFileSync(join(folder, 'head.json'), 'utf8'))

it('is written after commits, and on the way out', async () => {
  expect(witness()).toMatchObject({ seq: 9 })
  const journal = await openSqliteJournal(folder, realWorld)
  await journal.append([draft('x')])
  const { headHash, epoch } = journal
  await expect.poll(() => witness().seq, { timeout: 20_000 }).toBe(10)
  expect(witness()).toEqual({ epoch, seq: 10, hash: headHash })
  await journal.close()
})

it.each<[string, () => void, string]>([
  [
    'its last rows',
    () => withSql('DELETE FROM events WHERE seq > 7'),
    'it ends at seq 7, and seq 9 was acknowledged',
  ],
  ['its content', () => truncateSync(path, 0), 'it is empty, and seq 9 was acknowledged'],
  ['itself', () => renameSync(path, `${path}.away`), 'it is gone, and seq 9 was acknowledged'],
  ['half of its file', () => truncateSync(path, 4096 * 2), 'malformed'],
])('refuses to start when the journal has lost %s', async (_, lose, says) => {
  lose()
  const opened = openSqliteJournal(folder, realWorld)
  await expect(opened).rejects.toThrow(JournalBroken)
  await expect(openSqliteJournal(folder, realWorld)).rejects.toThrow(says)
})

it('refuses another journal, and one whose row is another', async () => {
  withSql("UPDATE events SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE seq = 9")
  await expect(openSqliteJournal(folder, realWorld)).rejects.toThrow('seq 9 is not the row')
  withSql("UPDATE meta SET value = 'other' WHERE key = 'epoch'")
  await expect(openSqliteJournal(folder, realWorld)).rejects.toThrow('epoch other, not')
})

it('goes on without a witness, and with a damaged one, of which it says so', async () => {
  writeFileSync(join(folder, 'head.json'), '{"epoch":')
  const warned: string[] = []
  const warn = (sentence: string, _?: LogFields) => warned.push(sentence)
  const journal = await openSqliteJournal(folder, { ...realWorld, log: { ...quiet, warn } })
  expect(warned).toEqual([expect.stringContaining('head.json cannot be read')])
  await journal.close()
  expect(witness().seq).toBe(9)
  rmSync(join(folder, 'head.json'))
  await (await openSqliteJournal(folder, realWorld)).close()
  expect(witness().seq).toBe(9)
})

it.each([0, -1])(
  'is none when it tells of row %d, nor is a backup of the time before time',
  async (seq) => {
    writeFileSync(join(folder, 'head.json'), JSON.stringify({ ...witness(), seq }))
    expect(readWitness(folder, quiet)).toBeNull()
    await (await openSqliteJournal(folder, { ...realWorld, log: quiet })).close()
    writeFileSync(join(folder, 'backup.json'), JSON.stringify({ seq: 1, takenAt: seq - 1 }))
    expect(await lastBackup(folder)).toBeNull()
  },
)
