import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { definitions } from '#topics/index.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'

const command = fileURLToPath(new URL('../operate/quarantine.ts', import.meta.url))
const { example } = definitions['incident.reported']!
const event = (id: string, over = {}) => ({
  id,
  type: 'incident.reported',
  at: Date.now(),
  source: 'cad',
  body: { ...example, incident: id },
  ...over,
})
const fix = (over = {}) => ({ unit: 'JH-12', at: Date.now(), lon: 100.8, lat: 22, ...over })

const serve = async (env: Record<string, string> = {}): Promise<ServerProcess> => {
  const server = await createServerProcess(env)
  onTestFinished(() => server.remove())
  await server.start()
  return server
}
const send = async (server: ServerProcess, path: string, lines: readonly unknown[]) => {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/x-ndjson' },
    body: lines
      .map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`)
      .join(''),
  })
  return answer.json()
}
const list = async (server: ServerProcess, query = '') => {
  const headers = { authorization: `Bearer ${server.token}` }
  return (await fetch(`${server.url}/api/quarantine${query}`, { headers })).json()
}
const run = async (server: ServerProcess, ...words: string[]) => {
  const child = spawn(process.execPath, [command, ...words], {
    env: {
      PATH: process.env.PATH,
      WANGLOU_PORT: String(server.port),
      WANGLOU_DATA: server.folder,
      WANGLOU_INGEST_TOKEN: server.token,
    },
  })
  let [output, errors] = ['', '']
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (errors += text))
  const [code] = await once(child, 'close')
  return { code: code as number, output, errors }
}

it('keeps what was refused at every door through kill -9 and a restart', async () => {
  const server = await serve()
  expect(
    await send(server, '/ingest/events?backfill=1', [event('a', { at: 'x' }), '{bad']),
  ).toMatchObject({ quarantined: 2 })
  expect(await send(server, '/ingest/tracks?source=gps', [fix({ lat: 91 })])).toMatchObject({
    quarantined: 1,
  })
  expect(await send(server, '/ingest/alive', [{ source: 'cad', intervalMs: 1 }])).toMatchObject({
    quarantined: 1,
  })
  const { kept } = await list(server)
  expect(kept.map(({ n }: { n: number }) => n)).toEqual([4, 3, 2, 1])
  for (let kill = 0; kill < 3; kill++) {
    await server.end('SIGKILL')
    await server.start()
    expect((await list(server)).kept).toEqual(kept)
  }
  expect(await send(server, '/ingest/events', ['{worse'])).toMatchObject({ quarantined: 1 })
  expect((await list(server)).kept[0]).toMatchObject({ n: 5, text: '{worse' })
})

it('takes in a flood of 50,000 refused lines, bounded, and goes on serving', async () => {
  const server = await serve({ WANGLOU_QUARANTINE_LINES: '7000', WANGLOU_QUARANTINE_MIB: '1' })
  const flood = Array.from({ length: 5 }, (_, part) =>
    send(
      server,
      '/ingest/events',
      Array.from({ length: 10_000 }, (_, n) => event(`f${part}-${n}`, { at: 'x' })),
    ),
  )
  const startedMs = performance.now()
  const during = await send(server, '/ingest/events', [event('good')])
  const goodMs = performance.now() - startedMs
  const answers = await Promise.all(flood)
  const floodMs = performance.now() - startedMs
  expect(during).toMatchObject({ accepted: 1 })
  expect(answers.map(({ refused }) => refused.length)).toEqual([
    10_000, 10_000, 10_000, 10_000, 10_000,
  ])
  const { lines, bytes, notKept, evicted } = await list(server, '?limit=1')
  expect(lines).toBeLessThanOrEqual(7000)
  expect(lines).toBeGreaterThan(500)
  expect(bytes).toBeLessThanOrEqual(1024 * 1024)
  const answered = answers.reduce((sum, { quarantined }) => sum + quarantined, 0)
  expect(evicted + lines + notKept).toBe(50_000)
  const fileBytes = statSync(join(server.folder, 'quarantine.sqlite')).size
  expect(fileBytes).toBeLessThan(16 * 1024 * 1024)
  console.log(
    `quarantine: 50,000 refused lines in ${Math.round(floodMs)} ms, ${answered} told as kept, ${notKept} not kept, ` +
      `${lines} held in ${Math.round(bytes / 1024)} KiB; a good line meanwhile in ${Math.round(goodMs)} ms`,
  )
})

it('is looked at, taken out, mended, sent again and thrown away by one command', async () => {
  const server = await serve()
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-mend-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'kept.ndjson')
  await send(server, '/ingest/events?simulated=1', [
    event('a', { at: 'x' }),
    event('b', { at: 'x' }),
  ])
  await send(server, '/ingest/tracks?source=gps', [fix({ unit: 'JH-99', lat: 91 })])
  await send(server, '/ingest/alive', [{ source: 'cad', intervalMs: 1 }])

  const listed = await run(server, 'list')
  expect(listed).toMatchObject({ code: 0, errors: '' })
  expect(listed.output).toContain('4 lines are kept')
  expect(listed.output).toContain('2 × events of cad: at: an integer')
  expect(listed.output).toContain('#3 ')

  const taken = await run(server, 'export')
  const lines = taken.output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ n, door, source }) => [n, door, source])).toEqual([
    [1, 'events', 'cad'],
    [2, 'events', 'cad'],
    [3, 'tracks', 'gps'],
    [4, 'alive', 'cad'],
  ])
  const mend = [
    (line: string) => line.replace('"at":"x"', `"at":${Date.now()}`),
    (line: string) => line,
    (line: string) => line.replace('"lat":91', '"lat":22'),
    (line: string) => line.replace(':1}', ':5000}'),
  ]
  const mended = lines.map((each, index) =>
    JSON.stringify({ ...each, line: mend[index]!(each.line) }),
  )
  writeFileSync(file, `${mended.join('\n')}\n`)
  expect(await run(server, 'resend', file)).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^#2 at: .*\n3 lines taken, 1 not\n$/),
  })
  expect((await server.journal()).map(({ id, flags }) => [id, flags])).toContainEqual([
    'a',
    ['simulated', 'backfill'],
  ])
  expect((await (await fetch(`${server.url}/api/state`)).json()).tracks).toEqual({ units: 1 })
  expect((await list(server)).kept).toMatchObject([{ n: 2 }])

  writeFileSync(file, JSON.stringify({ n: 2, line: event('b') }))
  expect(await run(server, 'resend', file)).toMatchObject({
    code: 0,
    output: '1 lines taken, 0 not\n',
  })
  expect(await run(server, 'resend', file)).toMatchObject({
    code: 1,
    output: expect.stringContaining('not kept any more'),
  })

  await send(server, '/ingest/events', ['x', 'y', 'z'])
  expect((await run(server, 'discard', '5', '99')).output).toBe(
    '1 lines thrown away, 1 were not there\n',
  )
  expect((await run(server, 'discard', '--all')).output).toBe(
    '2 lines thrown away, 0 were not there\n',
  )
  expect(await run(server, 'list')).toMatchObject({
    code: 0,
    output: expect.stringContaining('0 lines are kept'),
  })

  expect(await run(server, '--help')).toMatchObject({
    code: 0,
    output: expect.stringContaining('npm run quarantine'),
  })
  expect(await run(server, 'look')).toMatchObject({
    code: 2,
    errors: 'There is no "look". See --help.\n',
  })
  await server.end('SIGTERM')
  expect(await run(server, 'list')).toMatchObject({
    code: 1,
    errors: expect.stringContaining('No wall answers'),
  })
})

it('starts without its file being any good, says so, and refuses lines as ever', async () => {
  const server = await createServerProcess()
  onTestFinished(() => server.remove())
  writeFileSync(join(server.folder, 'quarantine.sqlite'), 'this is no database'.repeat(100))
  await server.start()
  expect(await send(server, '/ingest/events', [event('a'), '{bad'])).toMatchObject({
    accepted: 1,
    refused: [{ line: 2 }],
    quarantined: 0,
  })
  expect((await list(server)).error).toContain('cannot be reached')
  expect(readFileSync(join(server.folder, 'quarantine.sqlite'), 'utf8')).toContain('no database')
})
