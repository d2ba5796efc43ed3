import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { waitFor } from '../../e2e/wait-for.ts'
import { createSimulatedWorld } from '../simulated-world.ts'
import { type Connection, createSession, type Sent } from './session.ts'
import { listenForSockets } from './sockets.ts'

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** A client of a server, and the server's end of its line: what the hub would write to. */
const openLine = async () => {
  const { clock, pass } = createSimulatedWorld(1, 0)
  const joined = Promise.withResolvers<Connection>()
  const ended = { count: 0 }
  const hub = {
    join(connection: Connection) {
      joined.resolve(connection)
      return {
        text() {},
        closed() {
          ended.count += 1
        },
      }
    },
  }
  server = createServer()
  listenForSockets(server, { clock, hub, handshake: () => ({ status: 101 }) })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const client = new WebSocket(`ws://127.0.0.1:${port}/feed`)
  const heard: string[] = []
  client.on('message', (bytes, isBinary) =>
    heard.push(`${isBinary ? 'binary' : 'text'} ${bytes.toString()}`),
  )
  client.on('ping', () => heard.push('ping'))
  client.on('close', (code) => heard.push(`close ${code}`))
  await once(client, 'open')
  const line = (client as unknown as { _socket: Socket })._socket
  return { clock, pass, client, line, connection: await joined.promise, heard, ended }
}
const ignore = () => {}

it.each([0, 1, 125, 126, 65_535, 65_536, 3_000_000])(
  'sends a message of %i bytes whole, as text and as binary',
  async (length) => {
    const { connection, heard } = await openLine()
    const frame = Buffer.alloc(length, 'x')
    connection.send(frame, ignore)
    connection.send(Buffer.from(frame), ignore, true)
    await waitFor('both have come', () => heard.length === 2)
    expect(heard.map((each) => each.length)).toEqual([5 + length, 7 + length])
    expect(heard.map((each) => each.slice(0, 8))).toEqual([
      `text ${'x'.repeat(length)}`.slice(0, 8),
      `binary ${'x'.repeat(length)}`.slice(0, 8),
    ])
  },
)

it('keeps the order among its own messages, the pings and the close, also behind a line that is full', async () => {
  const { connection, heard, line, pass } = await openLine()
  line.pause()
  const large = Buffer.alloc(8_000_000, 'x')
  connection.send(Buffer.from('before'), ignore)
  connection.send(large, ignore)
  await pass(25_000)
  connection.send(Buffer.from('after'), ignore)
  connection.close(4008, 'too far behind')
  let isWritten = false
  connection.send(Buffer.from('too late'), () => (isWritten = true))
  expect(isWritten).toBe(true)
  line.resume()
  await waitFor('it is closed', () => heard.at(-1)?.startsWith('close') ?? false)
  expect(heard.map((each) => each.slice(0, 12))).toEqual([
    'text before',
    'text xxxxxxx',
    'ping',
    'text after',
    'close 4008',
  ])
})

it('says of each frame that it has left, in order: at once while the line is free, later when it is full', async () => {
  const { connection, line } = await openLine()
  const left: string[] = []
  connection.send(Buffer.from('small'), () => left.push('small'))
  expect(left).toEqual(['small'])
  line.pause()
  connection.send(Buffer.alloc(16_000_000), () => left.push('large'))
  connection.send(Buffer.from('behind'), () => left.push('behind'))
  connection.send(Buffer.from('last'), () => left.push('last'))
  await sleep(50)
  expect(left).toEqual(['small'])
  line.resume()
  await waitFor('all have left', () => left.length === 4)
  expect(left).toEqual(['small', 'large', 'behind', 'last'])
})

it('survives a line that dies with much on the way, and is told once that it has', async () => {
  const { client, connection, line, ended } = await openLine()
  line.pause()
  let left = 0
  connection.send(Buffer.alloc(16_000_000), () => (left += 1))
  client.terminate()
  for (let n = 0; n < 100; n++) connection.send(Buffer.alloc(100_000), () => (left += 1))
  await waitFor('the hub knows', () => ended.count > 0)
  connection.send(Buffer.from('nobody hears it'), () => (left += 1))
  connection.close(1001, 'nobody')
  connection.terminate()
  await waitFor('nothing waits any more', () => left === 102)
})

it('lets go of a reader that takes nothing, once its allowance has been used up for 2 s', async () => {
  const { clock, pass, connection, line, ended } = await openLine()
  const sent: Sent = { sentFrames: 0, sentBytes: 0, trackFrames: 0 }
  let wasTooSlow: boolean | null = null
  const session = createSession({
    clock,
    connection,
    sent,
    allowance: { bytes: 1_000_000, messages: 1000 },
    keyFrames: () => [],
    onOver: (_, slow) => (wasTooSlow = slow),
  })
  const frame = Buffer.alloc(100_000)
  for (let n = 0; n < 200; n++) {
    session.send(frame)
    await sleep(1)
  }
  // a reader that reads is never behind
  expect([session.isOpen, sent.sentFrames, sent.sentBytes]).toEqual([true, 200, 20_000_000])
  line.pause()
  for (let n = 0; n < 400 && session.isOpen; n++) {
    session.send(frame)
    await pass(100)
    await sleep(1)
  }
  expect(wasTooSlow).toBe(true)
  await pass(2000)
  await waitFor('it is cut', () => ended.count > 0)
})

it('keeps a reader whose line takes minutes for a state, and reaps one that takes nothing of it', async () => {
  const { connection, line, pass, ended } = await openLine()
  line.pause()
  let isRead = false
  connection.send(Buffer.alloc(32_000_000), () => (isRead = true))
  await sleep(20)
  for (let second = 0; second < 120; second += 5) {
    await pass(5000)
    // a little of it, slowly
    for (let chunk = 0; chunk < 8; chunk++) {
      line.once('data', () => line.pause())
      line.resume()
      await sleep(1)
    }
  }
  expect([ended.count, isRead]).toEqual([0, false])
  await pass(60_000)
  await waitFor('it is reaped', () => ended.count > 0)
})
