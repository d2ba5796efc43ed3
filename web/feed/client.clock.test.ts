import { expect, it } from 'vitest'
import { type Hello, heartbeatEveryMs } from '#protocol/feed.ts'
import { createSimulatedTicker } from '../store/simulated-ticker.ts'
import { createFeedClient, type SocketEvents } from './client.ts'
import type { Link } from './link.ts'

const hourMs = 3_600_000
const serverStart = Date.UTC(2026, 10, 23)

/** A screen of a server that beats steadily, and whose clock is off by `aheadMs` after so long. */
const openScreen = (aheadMs: (afterMs: number) => number = () => 0) => {
  const { ticker, pass, sleep } = createSimulatedTicker()
  let line: SocketEvents | null = null
  let link: Link | null = null
  const seen = { lost: 0, sockets: 0 }
  const tell = (kind: string, fields: object) => {
    const serverTime = serverStart + ticker.monotonic() + aheadMs(ticker.monotonic())
    const words = { kind, serverTime, seq: 1, recording: true, faults: [], ...fields }
    line?.text(JSON.stringify(words))
  }
  const client = createFeedClient({
    ...ticker,
    audience: 'wall',
    random: () => 0.5,
    open(events) {
      seen.sockets += 1
      line = events
      const isMine = () => line === events
      ticker.after(1, () => isMine() && events.opened())
      return {
        send(text) {
          const { kind, resume } = JSON.parse(text) as Hello
          if (kind !== 'hello') return
          ticker.after(5, () => {
            if (!isMine()) return
            tell('welcome', { epoch: 'e', mode: resume ? 'resumed' : 'snapshot' })
            if (!resume) tell('snapshot', { topics: {} })
          })
        },
        close() {
          if (isMine()) line = null
        },
      }
    },
    onSnapshot() {},
    onEvents() {},
    onUnits() {},
    onTracks() {},
    onServed() {},
    onLink(next) {
      if (next.state === 'lost' && link?.state !== 'lost') seen.lost += 1
      link = next
    },
  })
  client.start()
  ticker.every(heartbeatEveryMs, () => tell('heartbeat', {}))
  return { client, ticker, pass, sleep, seen, link: () => link! }
}

it.each([-5000, -6500, -7000, -7900, -9000, -hourMs])(
  'asks once anew after the clock of the server was set by %i ms, and believes it then',
  (stepMs) => {
    const { client, ticker, pass, seen, link } = openScreen((afterMs) =>
      afterMs > 60_000 ? stepMs : 0,
    )
    pass(hourMs)
    expect(seen.lost).toBeLessThanOrEqual(1)
    expect(seen.sockets).toBeLessThanOrEqual(2)
    expect(link().state).toBe('live')
    const truthMs = serverStart + ticker.monotonic() + stepMs
    expect(Math.abs(client.serverNow()! - truthMs)).toBeLessThan(10)
  },
)

it.each([-50, -150])('is not lost for a drift of %i ppm', (ppm) => {
  const { pass, seen, link } = openScreen((afterMs) => (afterMs * ppm) / 1e6)
  pass(Math.ceil(9000 / -ppm / 3.6) * hourMs)
  expect([seen.lost, link().state]).toEqual([0, 'live'])
})

it('does not say that it was lost in the future when the clock of its own machine was set ahead', () => {
  const { client, ticker, pass, sleep, link } = openScreen()
  pass(10_000)
  sleep(20_000)
  client.look()
  expect(link().lostSinceMs).toBe(serverStart + 10_000)
  pass(3000)
  expect(link().state).toBe('live')
  expect(Math.abs(client.serverNow()! - serverStart - ticker.monotonic())).toBeLessThan(10)
})
