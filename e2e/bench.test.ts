import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import type { Row } from '../bench/bench.ts'
import { benches } from '../bench/index.ts'

const repo = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'wanglou-bench-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

// whether a promise is kept is for a quiet machine to say, not for this one
it('every bench runs in its short form, and gives figures', async ({ signal }) => {
  const file = join(folder, 'bench.json')
  await promisify(execFile)(process.execPath, ['bench/main.ts', '--short', '--json', file], {
    cwd: repo,
    // it ends when this test does, and ends what it has started
    signal,
  })
  const found: Record<string, Row[]> = JSON.parse(readFileSync(file, 'utf8')).benches
  expect(Object.keys(found)).toEqual(benches.map(({ name }) => name))
  for (const [name, rows] of Object.entries(found)) {
    expect(rows.length, name).toBeGreaterThan(0)
    for (const { case: told, sides } of rows) {
      const rounds = sides.map((side) => side.rounds)
      // what is not finite is null in JSON
      expect(rounds, `${name}: ${told}`).toEqual(rounds.map(() => [expect.any(Number)]))
    }
  }
}, 240_000)
