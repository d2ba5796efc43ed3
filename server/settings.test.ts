import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readSettings, SettingsWrong, tokenCheck } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'wanglou-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))
const read = (env: Record<string, string> = {}) => readSettings({ WANGLOU_DATA: folder, ...env })

it('has a value for everything', () => {
  const { port, host, runsMock, origins, hosts } = read()
  expect([port, host, runsMock]).toEqual([8080, '127.0.0.1', true])
  expect(origins).toEqual(['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080'])
  expect(hosts).toEqual(['127.0.0.1:8080', 'localhost:8080', '[::1]:8080'])
})

it('makes a token once, for its owner alone', () => {
  const made = readSettings({ WANGLOU_DATA: join(folder, 'new') })
  expect(made.newTokenFile).toBe(join(folder, 'new', 'ingest-token'))
  expect(statSync(made.newTokenFile!).mode & 0o777).toBe(0o600)
  expect(readFileSync(made.newTokenFile!, 'utf8').trim()).toBe(made.token)
  const again = readSettings({ WANGLOU_DATA: join(folder, 'new') })
  expect([again.token, again.newTokenFile]).toEqual([made.token, null])
  const isToken = tokenCheck(made.token)
  expect(isToken(`Bearer ${made.token}`)).toBe(true)
  for (const wrong of [undefined, '', made.token, `Bearer ${made.token}x`])
    expect(isToken(wrong)).toBe(false)
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
])('stops the start with a sentence that names %s when it is "%s"', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(SettingsWrong)
  expect(() => read({ [name]: value })).toThrow(name)
})

it('serves a network only when it is told to trust it', () => {
  expect(read({ WANGLOU_HOST: '0.0.0.0', WANGLOU_TRUST_NETWORK: '1' }).host).toBe('0.0.0.0')
  expect(read({ WANGLOU_HOST: '127.0.0.2' }).host).toBe('127.0.0.2')
})

it('answers to the names of the origins it was given', () => {
  const { origins, hosts } = read({ WANGLOU_ORIGINS: 'https://wall.example, http://10.0.0.5:90' })
  expect(origins).toEqual(['https://wall.example', 'http://10.0.0.5:90'])
  expect(hosts).toEqual(expect.arrayContaining(['wall.example', '10.0.0.5:90', '127.0.0.1:8080']))
})
