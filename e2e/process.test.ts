import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { definitions } from '#topics/index.ts'
import { createServerProcess, runToEnd, type ServerProcess } from './server-process.ts'

let server: ServerProcess
afterEach(() => server?.remove())

const event = (id: string) => ({
  id,
  type: 'incident.reported',
  at: Date.now(),
  source: 't',
  body: { ...definitions['incident.reported']!.example, incident: id },
})

it('drains on SIGTERM: says bye, keeps what it acknowledged, exits 0', async () => {
  server = await createServerProcess()
  await server.start()
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/feed`, {
    headers: { authorization: `Bearer ${server.token}` },
  })
  const heard: { kind: string; code?: number }[] = []
  socket.on('message', (text) => heard.push(JSON.parse(text.toString())))
  socket.on('open', () => socket.send('{"kind":"hello","protocol":2,"audience":"wall"}'))
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  while (heard.length === 0) await sleep(10)
  const posts = Array.from({ length: 20 }, (_, n) =>
    server.post([event(`e${n}`)]).catch(() => null),
  )
  await posts[0]
  expect(await server.end('SIGTERM')).toBe(0)
  expect(await closed).toBe(1001)
  expect(heard.at(-1)).toMatchObject({ kind: 'bye', code: 1001 })
  const acknowledged = (await Promise.all(posts)).filter((answer) => answer !== null).length
  await server.start()
  const { seq } = await (await fetch(`${server.url}/healthz`)).json()
  expect(seq).toBeGreaterThanOrEqual(acknowledged)
  expect(acknowledged).toBeGreaterThan(0)
})

it('lets no second server into the same folder, and says who is there', async () => {
  server = await createServerProcess()
  await server.start()
  const { code, output, ms } = await runToEnd({
    WANGLOU_PORT: String(server.port + 1),
    WANGLOU_DATA: server.folder,
    WANGLOU_MOCK: 'off',
  })
  expect(code).toBe(1)
  expect(output).toContain(`another process (pid ${server.pid}) has the data folder`)
  console.log(`a second server on the folder was refused ${ms.toFixed(0)} ms after it was run`)
})

it('says which port is taken, and ends', async () => {
  server = await createServerProcess()
  await server.start()
  const other = await createServerProcess()
  const { code, output } = await runToEnd({
    WANGLOU_PORT: String(server.port),
    WANGLOU_DATA: other.folder,
  })
  await other.remove()
  expect(code).toBe(1)
  expect(output).toContain(`Port ${server.port} of 127.0.0.1 is taken`)
})

it('stops the start at a wrong setting with one sentence', async () => {
  const { code, output } = await runToEnd({ WANGLOU_PORT: 'eighty' })
  expect(code).toBe(1)
  expect(output.trim()).toBe('WANGLOU_PORT is "eighty"; it must be a whole number from 1 to 65535')
})
