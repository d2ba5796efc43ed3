import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { JournalLocked } from './journal.ts'
import { LockFailed, lockFolder } from './lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wanglou-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('lets one in, names it to the next, and lets go', () => {
  const unlock = lockFolder(folder)
  expect(readFileSync(join(folder, 'lock.pid'), 'utf8')).toBe(String(process.pid))
  expect(() => lockFolder(folder)).toThrow(JournalLocked)
  expect(() => lockFolder(folder)).toThrow(`another process (pid ${process.pid}) has`)
  for (const rubbish of ['9'.repeat(5000), '\u001b[2J1', '1; stop it with']) {
    writeFileSync(join(folder, 'lock.pid'), rubbish)
    expect(() => lockFolder(folder)).toThrow('another process (pid unknown) has')
  }
  rmSync(join(folder, 'lock.pid'))
  expect(() => lockFolder(folder)).toThrow('another process (pid unknown) has')
  unlock()
  lockFolder(folder)()
})

it.each<[string, () => void]>([
  ['is a folder', () => mkdirSync(join(folder, 'lock.sqlite'))],
  ['holds something else', () => writeFileSync(join(folder, 'lock.sqlite'), 'x'.repeat(2000))],
  ['may not say whose it is', () => mkdirSync(join(folder, 'lock.pid'))],
])('blames nobody when the file of the lock %s', (_, spoil) => {
  spoil()
  expect(() => lockFolder(folder)).toThrow(LockFailed)
  expect(() => lockFolder(folder)).toThrow(`The data folder ${folder} cannot be locked`)
})
