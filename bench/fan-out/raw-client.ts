import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { benchToken, type Dialect } from './dialect.ts'

/** A client that costs next to nothing: it walks over the frames and reads only how each begins. */
export interface RawClient {
  /** of the messages that its dialect counts */
  readonly messages: number
  readonly payloadBytes: number
  /** Counts from nothing again. */
  forget(): void
  close(): void
}

const textFrame = 0x81
const opcodeOf = { ping: 0x9, pong: 0xa }
/** Of a payload, so much must be here before it is looked at. */
const beginBytes = 64

/** A client's frame is masked; a mask of zeros leaves the text as it is. */
const masked = (first: number, text: string): Buffer => {
  const payload = Buffer.from(text)
  return Buffer.concat([Buffer.of(first, 0x80 | payload.length, 0, 0, 0, 0), payload])
}

const upgradeOf = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
  `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer ${benchToken}\r\n\r\n`

/** Opens a socket and waits for the answer; what came behind the answer is given back. Null: come back later. */
const upgrade = (socket: Socket, path: string): Promise<Buffer | null> =>
  new Promise((resolve, reject) => {
    let head = Buffer.alloc(0)
    const read = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      socket.off('data', read)
      const status = head.toString('latin1', 9, 12)
      if (status === '101') return resolve(head.subarray(end + 4))
      socket.destroy()
      if (status === '429') resolve(null)
      else reject(new Error(`the upgrade was answered ${status}`))
    }
    socket.on('data', read)
    socket.on('error', reject)
    socket.write(upgradeOf(path))
  })

/** Opens one client, as soon as the server lets it in. */
export const openRawClient = async (port: number, dialect: Dialect): Promise<RawClient> => {
  let socket = connect(port, '127.0.0.1')
  let rest = await upgrade(socket, dialect.path)
  while (rest === null) {
    await sleep(250)
    socket = connect(port, '127.0.0.1')
    rest = await upgrade(socket, dialect.path)
  }
  const wanted = Buffer.from(dialect.counts)
  let messages = 0
  let payloadBytes = 0
  /** of the payload under way, still to come */
  let toSkip = 0

  const heard = (opcode: number, begin: Buffer, length: number): void => {
    if (opcode === opcodeOf.ping) socket.write(masked(0x80 | opcodeOf.pong, begin.toString()))
    if (begin.subarray(0, wanted.length).equals(wanted)) {
      messages += 1
      payloadBytes += length
    } else if (length < 4) {
      const answer = dialect.answers[begin.toString()]
      if (answer !== undefined) socket.write(masked(textFrame, answer))
    }
  }

  const walk = (chunk: Buffer): void => {
    const bytes = rest?.length ? Buffer.concat([rest, chunk]) : chunk
    rest = null
    let at = 0
    for (;;) {
      const skipped = Math.min(toSkip, bytes.length - at)
      at += skipped
      toSkip -= skipped
      const left = bytes.length - at
      if (left === 0) return
      const short = left < 2 ? 126 : bytes[at + 1]!
      const headBytes = short < 126 ? 2 : short === 126 ? 4 : 10
      if (left >= headBytes) {
        const length =
          short < 126
            ? short
            : short === 126
              ? bytes.readUInt16BE(at + 2)
              : Number(bytes.readBigUInt64BE(at + 2))
        if (left >= headBytes + Math.min(length, beginBytes)) {
          const begin = bytes.subarray(
            at + headBytes,
            at + headBytes + Math.min(length, beginBytes),
          )
          heard(bytes[at]! & 15, begin, length)
          at += headBytes
          toSkip = length
          continue
        }
      }
      rest = bytes.subarray(at)
      return
    }
  }
  const first = rest
  rest = null
  walk(first)
  socket.on('data', walk)
  for (const text of dialect.says) socket.write(masked(textFrame, text))
  return {
    get messages() {
      return messages
    },
    get payloadBytes() {
      return payloadBytes
    },
    forget() {
      messages = 0
      payloadBytes = 0
    },
    close: () => socket.destroy(),
  }
}
