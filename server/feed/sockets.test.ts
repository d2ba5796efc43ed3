import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { definitions, topics } from '#topics/index.ts'
import { assemble } from '../assemble.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { createSimulatedWorld } from '../simulated-world.ts'
import { listenForSockets } from './sockets.ts'

it('reaps a socket whose other end has gone without a word, and keeps one that answers', async () => {
  const world = createSimulatedWorld(1, 0)
  const journal = openMemoryJournal(newMemoryDisk(world), world)
  const { hub } = await assemble({
    world,
    journal,
    topics,
    definitions,
    simulatedSources: new Set(),
  })
  const server = createServer()
  listenForSockets(server, { clock: world.clock, hub, handshake: () => ({ status: 101 }) })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const open = async (autoPong: boolean) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/feed`, { autoPong })
    await once(socket, 'open')
    socket.send('{"kind":"hello","protocol":2,"audience":"wall"}')
    await once(socket, 'message')
    return socket
  }
  const [gone, alive] = [await open(false), await open(true)]
  expect(hub.clients).toBe(2)
  const pinged = Promise.all([once(gone, 'ping'), once(alive, 'ping')])
  await world.pass(25_000)
  await pinged
  // the pong is on its way through the kernel, in real time
  await sleep(100)
  await world.pass(8000)
  expect((await once(gone, 'close'))[0]).toBe(1006)
  await sleep(20)
  expect([hub.clients, alive.readyState]).toEqual([1, WebSocket.OPEN])
  alive.terminate()
  server.close()
})
