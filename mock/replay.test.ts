import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPretendWall, servePretendWall } from './pretend-wall.ts'

const script = fileURLToPath(new URL('replay.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'replay-'))
const wall = openPretendWall()
let served: Awaited<ReturnType<typeof servePretendWall>>
beforeAll(async () => {
  served = await servePretendWall(wall)
})
afterAll(() => {
  served.close()
  rmSync(folder, { recursive: true })
})

const week = join(folder, 'week.ndjson.gz')
const lines = Array.from({ length: 1500 }, (_, i) =>
  JSON.stringify({
    id: `e${i}`,
    type: 'incident.handled',
    at: 1_500_000_000_000 + i * 1000,
    source: 'test',
    body: { incident: `i${i}` },
  }),
)
writeFileSync(week, gzipSync(lines.join('\n')))

const positions = Array.from({ length: 30 }, (_, i) =>
  JSON.stringify({ unit: `u${i % 3}`, at: 1_500_000_000_000 + 20 * i, lon: 100.8, lat: 22 }),
)
positions[20] = positions[20]!.replace('100.8', '198.53')
const tracks = join(folder, 'some.tracks.ndjson.gz')
writeFileSync(tracks, gzipSync(positions.join('\n')))
const mixed = join(folder, 'mixed.ndjson')
writeFileSync(mixed, [...positions.slice(0, 2), lines[0]].join('\n'))

const start = (args: string[], settings: Record<string, string> = {}) => {
  const { WANGLOU_INGEST_TOKEN: _, ...rest } = process.env
  const env = { ...rest, WANGLOU_DATA: folder, ...settings }
  const child = spawn(process.execPath, [script, ...args], { env, cwd: folder })
  const output = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (output.out += chunk))
  child.stderr.on('data', (chunk) => (output.err += chunk))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return { child, output, ended }
}
const token = { WANGLOU_INGEST_TOKEN: 'token' }

describe('npm run replay', { timeout: 20_000 }, () => {
  test('sends a file and says what became of it', async () => {
    const { ended, output } = start(['week.ndjson.gz', '--url', served.url], token)
    expect(await ended).toBe(0)
    expect(output.out).toMatch(/^1,500 records sent: 1,500 accepted, 0 duplicate, 0 refused, /)
    expect(wall.rows).toHaveLength(1500)
  })

  test('sends positions too, and names the line that was refused', async () => {
    const { ended, output } = start([tracks, '--url', served.url], token)
    expect(await ended).toBe(0)
    expect(output.out).toMatch(/^30 positions sent: 29 accepted, 1 refused, /)
    expect(output.out).toContain('line 21 · u2 · lon · ')
    expect(wall.fixes).toHaveLength(29)
  })

  test('finds the token in the data folder', async () => {
    writeFileSync(join(folder, 'ingest-token'), 'token\n')
    const { ended, output } = start([week, '--url', served.url, '--tag', 'b'])
    expect(await ended).toBe(0)
    expect(output.out).toContain('1,500 accepted')
    rmSync(join(folder, 'ingest-token'))
  })

  test('is stopped by Ctrl-C, with its summary', async () => {
    const { child, ended, output } = start([week, '--url', served.url, '--loop'], token)
    const before = wall.requests.length
    while (wall.requests.length < before + 4) await new Promise((go) => setTimeout(go, 10))
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(output.out).toMatch(/records sent in \d+ laps: /)
  })

  test('shows its help', async () => {
    const { ended, output } = start(['--help'])
    expect(await ended).toBe(0)
    expect(output.out).toContain('--keep-time')
  })

  test.each([
    ['a wrong option', ['--sped', '3'], token, 2, "Unknown option '--sped'"],
    ['a missing file', ['nowhere'], token, 2, 'ENOENT'],
    ['times that positions cannot keep', [tracks, '--keep-time'], token, 2, '24 h old'],
    ['a tag for positions', [tracks, '--tag', 'b'], token, 2, 'a unit keeps its name'],
    [
      'two kinds in one file',
      [mixed],
      token,
      2,
      'event is on line 3, the first position on line 1',
    ],
    ['no token', [week], {}, 1, 'there is no token'],
    ['a wrong token', [week], { WANGLOU_INGEST_TOKEN: 'x' }, 1, 'does not accept this token'],
  ])('ends with a sentence on %s', async (_name, args, settings, code, sentence) => {
    const { ended, output } = start([...args, '--url', served.url], settings)
    expect(await ended).toBe(code)
    expect(output.err).toContain(sentence)
    expect(output.err.trim().split('\n')).toHaveLength(1)
  })
})
