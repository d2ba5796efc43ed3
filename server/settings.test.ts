import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { ensureFolder, readSettings, SettingsWrong } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'wanglou-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))
const read = (env: Record<string, string> = {}) => readSettings({ WANGLOU_DATA: folder, ...env })

it('has a value for everything', () => {
  const { port, host, runsMock, origins, hosts } = read()
  expect([port, host, runsMock]).toEqual([8080, '127.0.0.1', true])
  expect(origins).toEqual(['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080'])
  expect(hosts).toEqual(['127.0.0.1:8080', 'localhost:8080', '[::1]:8080'])
})

it('touches no disk, and leaves the token to the folder unless it is given', () => {
  const nowhere = join(folder, 'new')
  expect(read({ WANGLOU_DATA: nowhere })).toMatchObject({ folder: nowhere, token: null })
  expect(existsSync(nowhere)).toBe(false)
  expect(read({ WANGLOU_INGEST_TOKEN: 'a-token-of-a-test' }).token).toBe('a-token-of-a-test')
})

it('makes the data folder, and says in a sentence why it cannot be one', () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  for (const wrong of [file, join(file, 'below'), '/dev/null/below']) {
    expect(() => ensureFolder(wrong)).toThrow(SettingsWrong)
    expect(() => ensureFolder(wrong)).toThrow(`WANGLOU_DATA is ${wrong}, and nothing`)
  }
  const deep = join(folder, 'a', 'b')
  ensureFolder(deep)
  ensureFolder(deep)
  expect(statSync(deep).mode & 0o777).toBe(0o700)
})

it.runIf(process.getuid?.() !== 0)('says so where it may not write', () => {
  const barred = join(folder, 'barred')
  mkdirSync(barred, { mode: 0o500 })
  for (const wrong of [barred, join(barred, 'below')])
    expect(() => ensureFolder(wrong)).toThrow(/nothing can be kept there \(EACCES/)
})

it('names its own addresses as a browser does: without the usual port', () => {
  const { origins, hosts } = read({ WANGLOU_PORT: '80' })
  expect(origins).toEqual(['http://127.0.0.1', 'http://localhost', 'http://[::1]'])
  expect(hosts).toEqual(expect.arrayContaining(['127.0.0.1', '[::1]', 'localhost:80']))
  const same = read({ WANGLOU_ORIGINS: 'http://wall.example:80,https://wall.example:443' })
  expect(same.origins).toEqual(['http://wall.example', 'https://wall.example'])
})

it.each([
  ['WANGLOU_PORT', 'http'],
  ['WANGLOU_PORT', '0'],
  ['WANGLOU_PORT', '65536'],
  ['WANGLOU_HOST', '0.0.0.0'],
  ['WANGLOU_HOST', '192.0.2.1'],
  ['WANGLOU_TRUST_NETWORK', 'yes'],
  ['WANGLOU_MOCK', 'no'],
  ['WANGLOU_ORIGINS', 'wall.example'],
  ['WANGLOU_ORIGINS', 'https://wall.example/'],
  ['WANGLOU_ORIGINS', 'null'],
  ['WANGLOU_INGEST_TOKEN', 'short'],
  ['WANGLOU_HOST', '127.0.0.999'],
  ['WANGLOU_HOST', '127.1'],
  ['WANGLOU_HOST', '[::1]'],
  ['WANGLOU_HOST', 'http://127.0.0.1'],
  ['WANGLOU_PORT', ''],
  ['WANGLOU_HOST', ''],
  ['WANGLOU_DATA', ''],
  ['WANGLOU_DATA', ' '],
  ['WANGLOU_MOCK', ''],
  ['WANGLOU_INGEST_TOKEN', ''],
  ['WANGLOU_ORIGINS', ''],
  ['WANGLOU_TRACKS_DAYS', ''],
  ['WANGLOU_TRUST_NETWORK', ''],
  ['WANGLOU_SIMULATED_SOURCES', ''],
])('stops the start with a sentence that names %s when it is "%s"', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(SettingsWrong)
  expect(() => read({ [name]: value })).toThrow(name)
})

it('serves a network only when it is told to trust it', () => {
  expect(read({ WANGLOU_HOST: '0.0.0.0', WANGLOU_TRUST_NETWORK: '1' }).host).toBe('0.0.0.0')
  expect(read({ WANGLOU_HOST: '127.0.0.2' }).host).toBe('127.0.0.2')
  for (const wrong of ['300.1.1.1', 'fe80::1%lo', 'a b', '1:2', 'wall.0x1'])
    expect(() => read({ WANGLOU_HOST: wrong, WANGLOU_TRUST_NETWORK: '1' })).toThrow('an address')
})

it('answers to the names of the origins it was given', () => {
  const { origins, hosts } = read({ WANGLOU_ORIGINS: 'https://wall.example, http://10.0.0.5:90' })
  expect(origins).toEqual(['https://wall.example', 'http://10.0.0.5:90'])
  expect(hosts).toEqual(expect.arrayContaining(['wall.example', '10.0.0.5:90', '127.0.0.1:8080']))
})
