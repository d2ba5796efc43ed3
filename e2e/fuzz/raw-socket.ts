import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A TCP connection that never throws: what became of it is asked for. */
export const openRaw = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => {})
  return socket
}

/** Sends bytes on a connection of their own, and gives back what came until it was closed, or for `waitMs`. */
export const exchange = async (
  port: number,
  bytes: Uint8Array,
  waitMs: number,
): Promise<string> => {
  const socket = await openRaw(port)
  let answer = ''
  socket.on('data', (some: Buffer) => {
    if (answer.length < 4096) answer += some.toString('latin1')
  })
  const closed = socket.closed ? Promise.resolve() : once(socket, 'close').catch(() => {})
  socket.write(bytes)
  // who has answered and waits for more has nothing more to say of this
  await Promise.race([closed, sleep(waitMs)])
  socket.destroy()
  return answer
}

/** Runs a task for each number below `count`, so many at a time. */
export const inTurns = async (
  count: number,
  atATime: number,
  task: (n: number) => Promise<void>,
): Promise<void> => {
  let next = 0
  const worker = async () => {
    while (next < count) await task(next++)
  }
  await Promise.all(Array.from({ length: atATime }, worker))
}
