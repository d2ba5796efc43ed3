import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '#mock/random.ts'

/** What a line does to what goes through it. */
export const faults = {
  latency: 'every byte comes 300–700 ms late',
  narrow: '32 KB/s each way',
  sliced: 'in packets of 1–64 bytes',
  limited: 'cut after 2–60 KB',
  timeout: 'nothing passes for 0.5–2 s, then the end',
  reset: 'reset after 0.1–1.5 s',
  'slow close': 'one side is told of the end 2 s after the other',
  down: 'nobody listens',
} as const
export type LineFault = keyof typeof faults

export interface FaultyLine {
  url: string
  /** From now on, for connections that are open too; null: none. */
  suffer(fault: LineFault | null): void
  /** how often it has ended a connection by itself */
  readonly ended: number
  stop(): void
}

const narrowBytesPerStep = 1600
const stepMs = 50

/** A TCP line between anybody and the server that does what a bad network does; bytes keep their order, as TCP's do. */
export const openFaultyLine = async (
  port: number,
  serverPort: number,
  random: Random,
): Promise<FaultyLine> => {
  const pairs = new Set<readonly [Socket, Socket]>()
  let fault: LineFault | null = null
  let ended = 0

  const end = (pair: readonly [Socket, Socket], isReset = false): void => {
    if (!pairs.delete(pair)) return
    ended += 1
    for (const socket of pair) {
      if (isReset) socket.resetAndDestroy()
      else socket.destroy()
    }
  }
  /** What cannot be done to a packet is done to the connection. */
  const doom = async (pair: readonly [Socket, Socket]): Promise<void> => {
    if (fault === 'reset') {
      await sleep(random.int(100, 1500))
      end(pair, true)
    } else if (fault === 'timeout') {
      await sleep(random.int(500, 2000))
      end(pair)
    } else if (fault === 'slow close') {
      await sleep(random.int(100, 1500))
      const [first, second] = random.chance(0.5) ? pair : [pair[1], pair[0]]
      first.destroy()
      await sleep(2000)
      if (pairs.delete(pair)) ended += 1
      second.destroy()
    } else if (fault === 'down') end(pair)
  }

  const relay = (pair: readonly [Socket, Socket], from: Socket, to: Socket): void => {
    let passed = 0
    const limit = random.int(2000, 60_000)
    const write = async (bytes: Buffer): Promise<void> => {
      if (!to.destroyed && !to.write(bytes))
        await Promise.race([once(to, 'drain'), once(to, 'close')])
    }
    const pass = async (bytes: Buffer, cameMs: number): Promise<void> => {
      passed += bytes.length
      if (fault === 'timeout') return
      if (fault === 'limited' && passed > limit) return end(pair)
      if (fault === 'latency')
        await sleep(Math.max(0, cameMs + random.int(300, 700) - performance.now()))
      const step = fault === 'narrow' ? narrowBytesPerStep : fault === 'sliced' ? 64 : bytes.length
      for (let at = 0; at < bytes.length; ) {
        const size = fault === 'sliced' ? random.int(1, step) : step
        await write(bytes.subarray(at, at + size))
        at += size
        if (fault === 'narrow') await sleep(stepMs)
      }
    }
    const relayAll = async (): Promise<void> => {
      const waiting: { bytes: Buffer; cameMs: number }[] = []
      let wake = () => {}
      from.on('data', (bytes: Buffer) => {
        waiting.push({ bytes, cameMs: performance.now() })
        if (waiting.length > 64) from.pause()
        wake()
      })
      let isOver = false
      for (const event of ['end', 'close', 'error']) {
        from.on(event, () => {
          isOver = true
          wake()
        })
      }
      while (!isOver || waiting.length > 0) {
        const next = waiting.shift()
        if (next) await pass(next.bytes, next.cameMs).catch(() => {})
        else
          await new Promise<void>((resolve) => {
            wake = resolve
            from.resume()
          })
      }
      if (fault === 'slow close') return
      to.end()
    }
    void relayAll()
  }

  const server = createServer((near) => {
    if (fault === 'down') return near.destroy()
    near.setNoDelay(true)
    const far = connect(serverPort, '127.0.0.1').setNoDelay(true)
    const pair = [near, far] as const
    pairs.add(pair)
    for (const socket of pair) {
      socket.on('error', () => {})
      socket.on('close', () => {
        if (near.destroyed && far.destroyed) pairs.delete(pair)
      })
    }
    relay(pair, near, far)
    relay(pair, far, near)
    void doom(pair)
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${port}`,
    suffer(next) {
      fault = next
      for (const pair of pairs) void doom(pair)
    },
    get ended() {
      return ended
    },
    stop() {
      server.close()
      for (const pair of pairs) for (const socket of pair) socket.destroy()
    },
  }
}
