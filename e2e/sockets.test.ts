import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { definitions } from '#topics/index.ts'
import { openProgramScreen, type ProgramScreen } from './program-screen.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { openStuckReader } from './stuck-reader.ts'
import { waitFor } from './wait-for.ts'

let server: ServerProcess
beforeAll(async () => {
  server = await createServerProcess()
  await server.start()
})
afterAll(() => server.remove())

/** The server journals what it notices by itself too, so the head is asked for and not counted. */
const reachesHead = async (screen: ProgramScreen, atLeast: number): Promise<void> => {
  await waitFor('the screen is at the head', async () => {
    const { seq } = (await (await fetch(`${server.url}/healthz`)).json()) as { seq: number }
    return screen.link.seq === seq && seq >= atLeast
  })
}

const upgrade = (path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request({
      host: '127.0.0.1',
      port: server.port,
      path,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    })
    asked.on('response', (answer) => resolve(answer.statusCode ?? 0))
    asked.on('upgrade', (_, socket) => {
      socket.destroy()
      resolve(101)
    })
    asked.on('error', reject)
    asked.end()
  })

describe('the handshake', () => {
  it('lets in its own pages and programs with the token, and nobody else', async () => {
    const own = `http://127.0.0.1:${server.port}`
    expect(await upgrade('/feed', { origin: own })).toBe(101)
    expect(await upgrade('/feed', { authorization: `Bearer ${server.token}` })).toBe(101)
    expect(await upgrade('/feed', {})).toBe(401)
    expect(await upgrade('/feed', { origin: 'https://evil.example' })).toBe(403)
    expect(await upgrade('/feed', { origin: 'null' })).toBe(403)
    expect(await upgrade('/elsewhere', { origin: own })).toBe(404)
  })

  it.each([
    'GET //',
    'GET http://[',
    'GET /feed HTTP/1.1\r\nHost: x\r\nContent-Length: -1',
    '\0\0\0',
  ])('survives %j on the upgrade path', async (start) => {
    const socket = connect(server.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(
      `${start} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    )
    await Promise.race([once(socket, 'close'), sleep(500)])
    socket.destroy()
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })
})

it('answers who asks for another upgrade as if it had not asked', async () => {
  const status = await new Promise((resolve, reject) => {
    const headers = {
      connection: 'Upgrade, HTTP2-Settings',
      upgrade: 'h2c',
      'http2-settings': 'AAMAAABk',
    }
    const asked = request({ host: '127.0.0.1', port: server.port, path: '/healthz', headers })
    asked.on('response', ({ statusCode }) => resolve(statusCode))
    asked.on('error', reject)
    asked.end()
  })
  expect(status).toBe(200)
})

it('lets go of refused sockets, though the other end keeps them open', async () => {
  const sockets = Array.from({ length: 20 }, () => {
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
    socket.on('error', () => {})
    socket.write(
      'GET /feed HTTP/1.1\r\nHost: x\r\nOrigin: http://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    )
    return socket
  })
  await Promise.all(sockets.map((socket) => once(socket.resume(), 'end')))
  await sleep(100)
  // a server that has let go answers what still comes with a reset
  const reset = Promise.all(
    sockets.map(
      (socket) => new Promise((resolve) => socket.once('error', resolve).once('close', resolve)),
    ),
  )
  for (const socket of sockets) socket.write('x')
  await sleep(50)
  for (const socket of sockets) socket.write('x')
  await Promise.race([reset, sleep(2000).then(() => Promise.reject(new Error('still held')))])
})

it('takes the largest post for no lag of a reader that reads', async () => {
  const healthy = openProgramScreen(server.url, server.token)
  const before = (await (await fetch(`${server.url}/healthz`)).json()).seq as number
  const lines = Array.from({ length: 10_000 }, (_, n) => ({
    id: `large-${n}`,
    type: 'incident.reported',
    at: Date.now(),
    source: 't',
    body: { ...definitions['incident.reported']!.example, incident: `large-${n}` },
  }))
  while (healthy.link?.state !== 'live') await sleep(20)
  await server.post(lines)
  await reachesHead(healthy, before + 10_000)
  expect(healthy.link.reconnects).toBe(0)
  healthy.stop()
})

const openSocket = async (): Promise<WebSocket> => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/feed`, {
    headers: { authorization: `Bearer ${server.token}` },
  })
  await once(socket, 'open')
  return socket
}
const closeCode = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.on('close', resolve))

it('closes on a message over 64 KiB with 1009, and on a binary one with bye 4000', async () => {
  const large = await openSocket()
  large.send('x'.repeat(65_537))
  expect(await closeCode(large)).toBe(1009)
  const binary = await openSocket()
  binary.send(Buffer.from('{"kind":"ping"}'))
  expect(await closeCode(binary)).toBe(4000)
})

it('lets go of who breaks the protocol and does not read that he was sent away', async () => {
  const socket = await openStuckReader(server)
  socket.on('error', () => {})
  // a continuation of nothing
  socket.write(Buffer.of(0x80, 0x80, 0, 0, 0, 0))
  const startMs = performance.now()
  while (!socket.closed && performance.now() - startMs < 20_000) {
    socket.write(Buffer.of(0))
    await sleep(100)
  }
  expect(socket.closed).toBe(true)
})

it('lets go of a reader that is stuck, and the others notice nothing', async () => {
  const healthy = openProgramScreen(server.url, server.token)
  const stuck = await openStuckReader(server)
  const clients = async () =>
    (await (await fetch(`${server.url}/healthz`)).json()).clients as number
  expect(await clients()).toBe(2)
  const summary = '字'.repeat(200)
  let sent = 0
  // the kernel's own buffers fill first, then the allowance of 1 MiB
  for (let post = 0; post < 60 && (await clients()) === 2; post++) {
    const lines = Array.from({ length: 1000 }, () => ({
      id: `s${++sent}`,
      type: 'incident.reported',
      at: Date.now(),
      source: 't',
      body: { ...definitions['incident.reported']!.example, incident: `s${sent}`, summary },
    }))
    await server.post(lines)
  }
  expect(await clients()).toBe(1)
  await reachesHead(healthy, sent)
  const { gap, dup, reorder, reconnects } = healthy.link
  expect({ gap, dup, reorder, reconnects }).toEqual({
    gap: 0,
    dup: 0,
    reorder: 0,
    reconnects: 0,
  })
  healthy.stop()
  stuck.destroy()
})
