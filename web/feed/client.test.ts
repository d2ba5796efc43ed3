import { expect, it, vi } from 'vitest'
import { heartbeatEveryMs } from '#protocol/feed.ts'
import { createFeedClient, type SocketEvents } from './client.ts'
import type { Link } from './link.ts'

/** A client whose line takes so long for a snapshot, and next to nothing for a word. */
const setUp = (snapshotTakesMs: number) => {
  vi.useFakeTimers()
  let link: Link | null = null
  let sockets = 0
  const client = createFeedClient({
    audience: 'wall',
    monotonic: () => performance.now(),
    after(delayMs, task) {
      const timer = setTimeout(task, delayMs)
      return () => clearTimeout(timer)
    },
    every(delayMs, task) {
      const timer = setInterval(task, delayMs)
      return () => clearInterval(timer)
    },
    random: () => 0.5,
    open(events: SocketEvents) {
      sockets += 1
      let isOpen = true
      const later = (delayMs: number, message: object) =>
        setTimeout(() => isOpen && events.text(JSON.stringify(message)), delayMs)
      setTimeout(() => isOpen && events.opened())
      return {
        send() {
          const welcome = { epoch: 'e', seq: 7, serverTime: Date.now(), mode: 'snapshot' }
          later(10, { kind: 'welcome', ...welcome })
          later(snapshotTakesMs, { kind: 'snapshot', seq: 7, topics: {} })
          // what is sent after the snapshot waits for it: the line keeps the order
          for (let beat = 1; beat < 100; beat++) {
            const saidMs = beat * heartbeatEveryMs
            const serverTime = Date.now() + saidMs
            const heartbeat = { serverTime, seq: 7, recording: true, faults: [] }
            later(Math.max(snapshotTakesMs, saidMs), { kind: 'heartbeat', ...heartbeat })
          }
        },
        close() {
          isOpen = false
        },
      }
    },
    onSnapshot: () => {},
    onEvents: () => {},
    onUnits: () => {},
    onServed: () => {},
    onTracks: () => {},
    onLink: (next) => {
      link = next
    },
  })
  client.start()
  return { client, link: () => link!, sockets: () => sockets }
}

it('gets its state over a line that takes half a minute for it, says "lost" meanwhile, and calls it no gap', async () => {
  const { client, link, sockets } = setUp(30_000)
  await vi.advanceTimersByTimeAsync(8500)
  expect(link().state).toBe('lost')
  await vi.advanceTimersByTimeAsync(110_500)
  expect([link().state, link().seq]).toEqual(['live', 7])
  expect([link().gap, link().dup, link().reorder]).toEqual([0, 0, 0])
  // 8 s and 16 s were too short, 32 s was not
  expect(sockets()).toBe(3)
  client.stop()
  vi.useRealTimers()
})

it('tries again and again on a line that is welcomed and then dead, ever more patiently', async () => {
  const { client, link, sockets } = setUp(1e9)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(link().state).not.toBe('live')
  expect(sockets()).toBeGreaterThanOrEqual(6)
  expect(sockets()).toBeLessThan(12)
  client.stop()
  vi.useRealTimers()
})
