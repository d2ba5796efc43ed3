import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ServerOptions, WebSocket, WebSocketServer } from 'ws'
import type { Clock } from '../world.ts'
import type { createHandshake } from './handshake.ts'
import type { Hub } from './hub.ts'
import type { Frame } from './recent.ts'
import { wireFrame } from './wire-frame.ts'

const pingEveryMs = 25_000
const pongWithinMs = 8000
/** Whoever broke the protocol may never read that he was sent away. (Newer than the types.) */
const closeWithinMs = 2000

const nothing = Buffer.alloc(0)

/** Refuses an upgrade and lets go of the socket: the other end may never close it. */
const refuse = (socket: Duplex, status: number, reason: string): void => {
  socket.once('finish', () => socket.destroy())
  const retry = status === 429 ? 'Retry-After: 5\r\n' : ''
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\n${retry}Content-Type: text/plain\r\n` +
      `Content-Length: ${Buffer.byteLength(reason)}\r\n\r\n${reason}`,
  )
}

/**
 * How much the kernel has not taken yet of what it was given last. Not Node's `writableLength`, which counts a frame in
 * full until the last of it has left.
 */
const unsentBytes = (stream: Duplex): number =>
  (stream as { _handle?: { writeQueueSize?: number } })._handle?.writeQueueSize ?? 0

/** Reaps a socket whose other end is gone without a word; the result tells whether it did. */
const keepAlive = (clock: Clock, socket: WebSocket, stream: Duplex): (() => boolean) => {
  let isReaped = false
  let cancelDeadline: (() => void) | null = null
  /** A ping stands behind all that was sent before it: while that goes over the line, no pong can come. */
  const wait = (withinMs: number, leftBefore: number): void => {
    cancelDeadline = clock.after(withinMs, () => {
      const left = unsentBytes(stream)
      if (left !== leftBefore) return wait(pingEveryMs, left)
      isReaped = true
      socket.terminate()
    })
  }
  const stop = clock.every(pingEveryMs, () => {
    socket.ping()
    if (cancelDeadline) return
    const left = unsentBytes(stream)
    // the kernel may take nothing for long, and then much at once
    wait(left > 0 ? pingEveryMs : pongWithinMs, left)
  })
  socket.on('pong', () => {
    cancelDeadline?.()
    cancelDeadline = null
  })
  socket.on('close', () => {
    stop()
    cancelDeadline?.()
  })
  return () => isReaped
}

/** As a frame goes over every socket: made once, for the first of them, and kept for as long as the frame is. */
const wireOf = (wires: WeakMap<Frame, Buffer>, frame: Frame, isBinary: boolean): Buffer => {
  const known = wires.get(frame)
  if (known) return known
  const wire = wireFrame(frame, isBinary)
  wires.set(frame, wire)
  return wire
}

const serve = (
  clock: Clock,
  hub: Pick<Hub, 'join'>,
  socket: WebSocket,
  stream: Duplex,
  wires: WeakMap<Frame, Buffer>,
): void => {
  const joined = hub.join({
    // past ws, which would make a header for each client and write in two pieces. Without compression it holds
    // nothing back, so what it writes itself (pong, ping, close) stands in order with this
    send(frame, written, isBinary = false) {
      if (socket.readyState !== WebSocket.OPEN) return written()
      const wire = wireOf(wires, frame, isBinary)
      if (stream.writableLength > 0) return stream.write(wire, written)
      // mostly the kernel takes it at once, and a callback is saved; where it does not, an empty write that waits behind tells
      stream.write(wire)
      if (stream.writableLength === 0) written()
      else stream.write(nothing, written)
    },
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  })
  const isReaped = keepAlive(clock, socket, stream)
  socket.on('message', (message, isBinary) => {
    // a binary message is none of this feed's, and no JSON either
    joined.text(isBinary ? '' : message.toString())
  })
  socket.on('close', () => joined.closed(isReaped()))
  // ws reports a broken peer here and closes the socket itself
  socket.on('error', () => joined.closed(isReaped()))
}

/** For the HTTP server's `shouldUpgradeCallback`: a client that would like HTTP/2 is answered as a plain request. */
export const wantsSocket = ({ headers }: IncomingMessage): boolean =>
  /^websocket$/i.test(headers.upgrade ?? '')

/** Puts the hub on the HTTP server's `upgrade`. */
export const listenForSockets = (
  server: Server,
  options: { clock: Clock; hub: Pick<Hub, 'join'>; handshake: ReturnType<typeof createHandshake> },
): void => {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: 65_536,
    maxFragments: 64,
    closeTimeout: closeWithinMs,
  } as ServerOptions)
  const wires = new WeakMap<Frame, Buffer>()
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // until ws takes it over, a reset of this socket is nobody else's to hear
    const onReset = () => socket.destroy()
    socket.on('error', onReset)
    const { origin, authorization } = request.headers
    const verdict = options.handshake({ url: request.url, origin, authorization })
    if (verdict.status !== 101) return refuse(socket, verdict.status, verdict.reason)
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      socket.off('error', onReset)
      serve(options.clock, options.hub, webSocket, socket, wires)
    })
  })
}
