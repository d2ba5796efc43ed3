import { WebSocket } from 'ws'
import { type Hello, protocolVersion } from '#protocol/feed.ts'

/**
 * A process of screens that take what they are sent, and check that no seq is missing: URL, token, how many.
 * They fold nothing: a wall does that on its own machine, and here it would take the server's processors.
 */
const [url, token, count] = process.argv.slice(2) as [string, string, string]
const hello: Hello = { kind: 'hello', protocol: protocolVersion, audience: 'wall' }

const join = (): { seq: number } => {
  const screen = { seq: 0 }
  const socket = new WebSocket(`${url.replace('http', 'ws')}/feed`, {
    headers: { authorization: `Bearer ${token}` },
  })
  socket.on('open', () => socket.send(JSON.stringify(hello)))
  socket.on('message', (message: Buffer, isBinary) => {
    if (isBinary) return
    const events = /^{"kind":"events","from":(\d+),"to":(\d+),/.exec(
      message.toString('latin1', 0, 80),
    )
    if (!events) return
    if (Number(events[1]) !== screen.seq + 1) throw new Error(`${events[1]} after ${screen.seq}`)
    screen.seq = Number(events[2])
  })
  socket.on('close', (code) => {
    if (code !== 1001) throw new Error(`a screen was let go: ${code}`)
  })
  return screen
}
const screens = Array.from({ length: Number(count) }, join)
process.on('message', () => process.send!(screens.map(({ seq }) => seq)))
process.send!('ready')
