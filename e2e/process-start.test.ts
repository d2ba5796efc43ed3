import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { definitions } from '#topics/index.ts'
import { createServerProcess, freePort, runToEnd, type ServerProcess } from './server-process.ts'

let server: ServerProcess
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wanglou-start-'))
  server = await createServerProcess()
})
afterEach(async () => {
  await server.remove()
  rmSync(folder, { recursive: true })
})

it('says where it keeps a new token, at the start that makes it, and never what it is', async () => {
  await server.start()
  const env = { WANGLOU_PORT: String(server.port), WANGLOU_DATA: folder, WANGLOU_MOCK: 'off' }
  const first = await runToEnd(env)
  const token = readFileSync(join(folder, 'ingest-token'), 'utf8').trim()
  expect(first.code).toBe(1)
  expect(first.output).toContain(
    `"file":"${folder}/ingest-token","msg":"A new ingest token is kept"`,
  )
  expect(token).toMatch(/^[\w-]{32}$/)
  expect(first.output).not.toContain(token)
  const second = await runToEnd(env)
  expect(second.output).toMatch(/^Port \d+ of 127.0.0.1 is taken.*\n$/)
})

it('makes no token in a folder that another has', async () => {
  await server.start()
  const { code, output } = await runToEnd({
    WANGLOU_PORT: String(await freePort()),
    WANGLOU_DATA: server.folder,
  })
  expect(code).toBe(1)
  expect(output).toMatch(/^another process.*\n$/)
  expect(existsSync(join(server.folder, 'ingest-token'))).toBe(false)
})

it.each<[string, () => Record<string, string>]>([
  ['WANGLOU_DATA is ', () => ({ WANGLOU_DATA: join(folder, 'file') })],
  ['WANGLOU_DATA is empty', () => ({ WANGLOU_DATA: '' })],
  ['WANGLOU_HOST is "127.0.0.999"', () => ({ WANGLOU_HOST: '127.0.0.999' })],
  [
    'WANGLOU_HOST is "192.0.2.1"',
    () => ({
      WANGLOU_HOST: '192.0.2.1',
      WANGLOU_TRUST_NETWORK: '1',
      WANGLOU_INGEST_TOKEN: server.token,
    }),
  ],
  [
    'The token in ',
    () => {
      writeFileSync(join(folder, 'ingest-token'), '')
      return {}
    },
  ],
])('stops with one line: %s', async (beginning, prepare) => {
  writeFileSync(join(folder, 'file'), '')
  const port = String(await freePort())
  const env = { WANGLOU_PORT: port, WANGLOU_DATA: folder, WANGLOU_MOCK: 'off' }
  const { code, output } = await runToEnd({ ...env, ...prepare() })
  expect(code).toBe(1)
  expect(output.startsWith(beginning), output).toBe(true)
  expect(output.trim().split('\n')).toHaveLength(1)
})

it('says what it could not close, closes the rest and exits 1', async () => {
  await server.start()
  const { example } = definitions['incident.reported']!
  await server.post([
    { id: 'e', type: 'incident.reported', at: Date.now(), source: 't', body: example },
  ])
  // a stranger writes in the journal's file, so that no checkpoint can be kept
  const stranger = new DatabaseSync(join(server.folder, 'journal.sqlite'))
  stranger.exec('BEGIN IMMEDIATE')
  const code = await server.end('SIGTERM')
  stranger.close()
  expect(code).toBe(1)
  const lines = server.output().trim().split('\n')
  const errors = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 'error')
  const msg = expect.stringMatching(/^The core did not close: .*database is locked/)
  expect(errors).toEqual([expect.objectContaining({ msg })])
})
