import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { ServerProcess } from './server-process.ts'

/** A reader that says hello and then never reads again. */
export const openStuckReader = async ({
  port,
  token,
}: Pick<ServerProcess, 'port' | 'token'>): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  socket.write(
    `GET /feed HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  )
  await once(socket, 'data')
  const hello = Buffer.from('{"kind":"hello","protocol":2,"audience":"wall"}')
  // a client's frame is masked; a mask of zeros leaves the text as it is
  socket.write(Buffer.concat([Buffer.of(0x81, 0x80 | hello.length, 0, 0, 0, 0), hello]))
  await once(socket, 'data')
  socket.pause()
  return socket
}
