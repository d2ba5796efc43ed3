import { createHash } from 'node:crypto'
import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { Server as SocketIoServer } from 'socket.io'
import { WebSocket, WebSocketServer } from 'ws'
import { wireFrame } from '../../server/feed/wire-frame.ts'
import { plain, socketIo, type Way } from './dialect.ts'

/** What RFC 6455 asks for in the answer to a client's key. */
const acceptOf = (key: string): string =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')

/** Bare sockets behind an upgrade done by hand: nothing can be written to a socket for less. */
const bareSockets = (server: Server): ReadonlySet<Duplex> => {
  const sockets = new Set<Duplex>()
  server.on('upgrade', (request, socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Accept: ${acceptOf(request.headers['sec-websocket-key']!)}\r\n\r\n`,
    )
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.resume()
  })
  return sockets
}

const wsSockets = (server: Server): ReadonlySet<WebSocket> => {
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  return sockets.clients
}

/** A message that a peer tells, in whatever form; `begin` is how its text begins. */
type Encode<What> = (what: What) => Buffer

/** One prepared frame written to each bare socket. */
export const floor = <What>(encode: Encode<What>, begin: string, isBinary = false): Way<What> => ({
  dialect: plain(begin),
  listen(server) {
    const sockets = bareSockets(server)
    return (what) => {
      const frame = wireFrame(encode(what), isBinary)
      for (const socket of sockets) socket.write(frame)
    }
  },
})

/** The same, the frame made before anything is counted; it tells the same one again and again. */
export const madeBeforehand = <What>(encode: Encode<What>, begin: string): Way<What> => {
  const frames = new WeakMap<object, Buffer>()
  return {
    dialect: plain(begin),
    prepare: (what) => frames.set(what as object, wireFrame(encode(what), false)),
    listen(server) {
      const sockets = bareSockets(server)
      return (what) => {
        const frame = frames.get(what as object)!
        for (const socket of sockets) socket.write(frame)
      }
    },
  }
}

/** `ws` as most people use it at its best: encoded once, sent to each. */
export const wsLoop = <What>(encode: Encode<What>, begin: string, isBinary = false): Way<What> => ({
  dialect: plain(begin),
  listen(server) {
    const sockets = wsSockets(server)
    return (what) => {
      const encoded = encode(what)
      for (const socket of sockets) {
        if (socket.readyState === WebSocket.OPEN) socket.send(encoded, { binary: isBinary })
      }
    }
  },
})

/** `ws` as most people use it. */
export const wsEach = <What>(begin: string): Way<What> => ({
  dialect: plain(begin),
  listen(server) {
    const sockets = wsSockets(server)
    return (what) => {
      for (const socket of sockets) {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(what))
      }
    }
  },
})

export const socketIoEmit = <What>(event: string): Way<What> => ({
  dialect: socketIo(event),
  listen(server) {
    const io = new SocketIoServer(server, { transports: ['websocket'], serveClient: false })
    return (what) => {
      io.emit(event, what)
    }
  },
})
