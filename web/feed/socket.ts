import type { Socket, SocketEvents } from './client.ts'

/** The browser's socket to the feed of the server that the page came from. */
export const openFeedSocket = (events: SocketEvents): Socket => {
  const url = new URL('/feed', location.href)
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  socket.addEventListener('open', () => events.opened())
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') events.text(data)
    else if (data instanceof ArrayBuffer) events.bytes(new Uint8Array(data))
  })
  // an error is always followed by a close
  socket.addEventListener('close', () => events.closed())
  return { send: (text) => socket.send(text), close: () => socket.close() }
}
