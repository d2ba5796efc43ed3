import {
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bulkEvent } from './load.ts'
import { openProgramScreen } from './program-screen.ts'
import { createServerProcess, freePort, runToEnd, type ServerProcess } from './server-process.ts'

let server: ServerProcess
beforeEach(async () => {
  // a pass of the scrub in seconds rather than a day
  server = await createServerProcess({ WANGLOU_SCRUB_HOURS: '0.001' })
  await server.start()
})
afterEach(() => server.remove())

const post = async (events: number): Promise<void> => {
  for (let n = 0; n < events; n += 1000) {
    const count = Math.min(1000, events - n)
    await server.post(
      Array.from({ length: count }, (_, each) => bulkEvent(`row-${n + each}-x`, 'bulk')),
    )
  }
}
/** The server may have noticed something by itself in between. */
const seqOf = async (id: string): Promise<number> =>
  (await server.journal()).find((row) => row.id === id)!.seq
const flip = (file: string, at: number): void => {
  const byte = readFileSync(file)[at]!
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.of(byte ^ 1), 0, 1, at)
  closeSync(handle)
}
const healthOf = async () => (await fetch(`${server.url}/healthz`)).json()
const idsOf = (faults: readonly { id: string }[]): string[] => faults.map(({ id }) => id)

it('finds one flipped byte in the middle of a running journal, and says so on the wall and in /healthz', async () => {
  await post(20_000)
  const screen = openProgramScreen(server.url, server.token)
  await expect.poll(() => screen.link?.state, { timeout: 30_000 }).toBe('live')
  expect(idsOf((await healthOf()).faults)).toEqual([])
  const seq = await seqOf('row-4999-x')
  const file = join(server.folder, 'journal.sqlite')
  // the row itself, not its place in an index: there its type follows
  const at = readFileSync(file).indexOf('row-4999-xincident.handled')
  expect(at).toBeGreaterThan(0)
  flip(file, at + 4)
  const flippedMs = performance.now()
  const scrub = () => screen.link.faults.find(({ id }) => id === 'scrub')
  await expect.poll(scrub, { timeout: 60_000 }).toMatchObject({ severity: 'error' })
  const tookMs = performance.now() - flippedMs
  expect(scrub()!.message).toContain(`seq ${seq} was altered`)
  const health = await healthOf()
  expect([health.status, idsOf(health.faults)]).toEqual(['ok', ['scrub']])
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(metrics).toMatch(/^wanglou_scrub_bad_rows 1$/m)
  expect(server.output()).toContain(`"why":"seq ${seq} was altered`)
  screen.stop()
  console.log(
    `one flipped byte of 20000 rows: told ${tookMs.toFixed(0)} ms later, in passes of 3 s`,
  )
})

const killOnceWitnessed = async (seq: number): Promise<void> => {
  const seen = () => JSON.parse(readFileSync(join(server.folder, 'head.json'), 'utf8')).seq
  await expect.poll(seen, { timeout: 30_000 }).toBeGreaterThanOrEqual(seq)
  await server.end('SIGKILL')
}
const startRefused = async (): Promise<string> => {
  const { code, output } = await runToEnd({
    WANGLOU_PORT: String(await freePort()),
    WANGLOU_DATA: server.folder,
    WANGLOU_INGEST_TOKEN: server.token,
    WANGLOU_MOCK: 'off',
  })
  expect(code).toBe(1)
  expect(output.trim().split('\n')).toHaveLength(1)
  return output
}

it.each<[string, (wal: string) => void, RegExp]>([
  [
    'a flipped byte in the write-ahead log',
    (wal) => flip(wal, Math.floor(statSync(wal).size * 0.7)),
    /ends at seq \d+, and seq 9\d\d was acknowledged .* are lost.*Restore a backup/,
  ],
  [
    'a cut write-ahead log',
    (wal) => truncateSync(wal, Math.floor(statSync(wal).size * 0.7)),
    /ends at seq \d+, and seq 9\d\d was acknowledged .* are lost.*Restore a backup/,
  ],
  [
    'a write-ahead log that is gone',
    (wal) => rmSync(wal),
    /seq 9\d\d was acknowledged.*Restore a backup/,
  ],
])('refuses loudly to start on %s after a kill', async (_, damage, says) => {
  for (let n = 0; n < 900; n += 100) {
    await server.post(
      Array.from({ length: 100 }, (_, each) => bulkEvent(`row-${n + each}`, 'bulk')),
    )
  }
  await killOnceWitnessed(900)
  damage(join(server.folder, 'journal.sqlite-wal'))
  expect(await startRefused()).toMatch(says)
  // and again: the refusal has not covered the traces
  expect(await startRefused()).toMatch(says)
})

it('refuses loudly to start on a flipped byte after the last checkpoint, and on a cut file', async () => {
  await post(3000)
  const seq = await seqOf('row-2999-x')
  await server.end('SIGTERM')
  const file = join(server.folder, 'journal.sqlite')
  const at = readFileSync(file).indexOf('row-2999-xincident.handled')
  flip(file, at + 4)
  expect(await startRefused()).toContain(`seq ${seq} was altered`)
  flip(file, at + 4)
  const { size } = statSync(file)
  truncateSync(file, Math.floor(size / 2))
  expect(await startRefused()).toMatch(/does not verify.*malformed/)
})
