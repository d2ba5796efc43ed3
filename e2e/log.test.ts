import { afterEach, expect, it } from 'vitest'
import { createServerProcess, type ServerProcess } from './server-process.ts'

let server: ServerProcess
afterEach(() => server?.remove())

const linesOf = (): Record<string, unknown>[] =>
  server
    .output()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

it('logs one JSON line for each thing that happens, the mock’s too, and neither a secret nor what a line says', async () => {
  server = await createServerProcess({ WANGLOU_MOCK: 'on', WANGLOU_LOG_LEVEL: 'debug' })
  await server.start()
  const secret = '13800001111-canary'
  const bad = {
    id: secret,
    type: 'incident.reported',
    at: secret,
    source: 't',
    body: { summary: secret },
  }
  const said = await fetch(`${server.url}/ingest/events?backfill=${secret}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}` },
    body: secret,
  })
  expect(said.status).toBe(400)
  expect((await server.post([bad, secret])).refused).toHaveLength(2)
  await expect
    .poll(() => linesOf().filter(({ part }) => part === 'mock').length, { timeout: 60_000 })
    .toBeGreaterThan(0)
  expect(await server.end('SIGTERM')).toBe(0)
  const lines = linesOf()
  for (const line of lines) {
    expect(line).toMatchObject({
      level: expect.any(String),
      time: expect.any(String),
      msg: expect.any(String),
    })
  }
  expect(lines.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining([`Wanglou watches at ${server.url}`, 'Answered', 'Stopping', 'Stopped']),
  )
  expect(server.output()).not.toContain(secret)
  expect(server.output()).not.toContain(server.token)
})

it('is made louder and quieter by a signal', async () => {
  server = await createServerProcess()
  await server.start()
  const answered = () => linesOf().filter(({ msg }) => msg === 'Answered').length
  const changed = () =>
    linesOf()
      .filter(({ msg }) => msg === 'The log level changed')
      .map(({ to }) => to)
  const toggle = async (to: string[]): Promise<void> => {
    process.kill(server.pid!, 'SIGUSR2')
    await expect.poll(changed, { timeout: 20_000 }).toEqual(to)
  }
  expect(answered()).toBe(0)
  await toggle(['debug'])
  await fetch(`${server.url}/healthz`)
  await expect.poll(answered, { timeout: 20_000 }).toBe(1)
  await toggle(['debug', 'info'])
  await fetch(`${server.url}/healthz`)
  await server.end('SIGTERM')
  expect(answered()).toBe(1)
})
