import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { waitFor } from '../../e2e/wait-for.ts'
import { openRawClient } from './raw-client.ts'

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
afterAll(() => server.close())

it('counts the messages that it is told to count, whatever their size, and answers what it must', async () => {
  if (!server.address()) await once(server, 'listening')
  const connected = once(server, 'connection')
  const dialect = { path: '/', says: ['hello'], counts: '{"n"', answers: { '2': '3' } }
  const client = await openRawClient((server.address() as AddressInfo).port, dialect)
  const [socket] = await connected
  const heard: string[] = []
  socket.on('message', (bytes: Buffer) => heard.push(bytes.toString()))
  socket.on('pong', () => heard.push('pong'))
  const lengths = [0, 1, 110, 119, 120, 200, 65_520, 65_530, 1_000_000, 3]
  const messages = lengths.map((length) => `{"n":"${'x'.repeat(length)}"}`)
  for (const message of messages) {
    socket.send(message)
    socket.send('{"other":1}')
    socket.send('2')
    socket.ping()
  }
  await waitFor('all is heard', () => heard.length >= 1 + 2 * messages.length)
  expect(client.messages).toBe(messages.length)
  expect(client.payloadBytes).toBe(messages.join('').length)
  expect(heard.filter((each) => each === '3')).toHaveLength(messages.length)
  expect(heard.filter((each) => each === 'pong')).toHaveLength(messages.length)
  client.close()
})
