import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'
import type { Down } from '#protocol/feed.ts'
import { encodeState } from '#protocol/snapshot.ts'
import { topics } from '#topics/index.ts'
import type { SocketEvents } from '#web/feed/client.ts'
import { dateText } from '#web/kit/beijing.ts'
import { useFigure } from '#web/store/select.ts'
import { createSimulatedTicker } from '#web/store/simulated-ticker.ts'
import { useWall } from '#web/store/wall.ts'

const openAt = (startMs: number) => {
  setActivePinia(createPinia())
  const { ticker, pass, draw } = createSimulatedTicker()
  const wall = useWall()
  let socket: SocketEvents | undefined
  wall.start({
    topics,
    audience: 'wall',
    ticker,
    random: () => 0.5,
    open(events) {
      socket = events
      return { send: () => {}, close: () => {} }
    },
  })
  const say = (message: Down) => socket?.text(JSON.stringify(message))
  const serverTime = () => startMs + ticker.monotonic()
  say({ kind: 'welcome', epoch: 'e', seq: 0, serverTime: serverTime(), mode: 'snapshot' })
  const states = topics.map(({ name, initial }) => [name, encodeState(initial())])
  say({ kind: 'snapshot', seq: 0, topics: Object.fromEntries(states) })
  return {
    wall,
    report(seq: number) {
      const at = serverTime() - 1000
      const body = {
        incident: `N-${seq}`,
        level: 3,
        category: 'dispute',
        division: '532801001',
        lon: 100.8,
        lat: 22,
        summary: 'x',
      }
      const event = { seq, id: `${seq}`, type: 'incident.reported', at, seenAt: at, source: 'cad' }
      say({ kind: 'events', from: seq, to: seq, events: [{ ...event, flags: [], body }] })
      draw()
    },
    /** Time passes, and the server goes on to tell it. */
    goOn(durationMs: number, seq: number) {
      for (let passedMs = 0; passedMs < durationMs; passedMs += 2000) {
        pass(2000)
        const beat = { serverTime: serverTime(), seq, recording: true, faults: [] }
        say({ kind: 'heartbeat', ...beat })
        draw()
      }
    },
  }
}

test.each([
  ['2026-11-23T23:59:30+08:00', '11月23日 星期一', '11月24日 星期二'],
  ['2026-11-30T23:59:30+08:00', '11月30日 星期一', '12月1日 星期二'],
  ['2028-02-28T23:59:30+08:00', '2月28日 星期一', '2月29日 星期二'],
  ['2026-12-31T23:59:30+08:00', '12月31日 星期四', '1月1日 星期五'],
])('"today" turns at midnight in Beijing: %s', (start, before, after) => {
  const { wall, report, goOn } = openAt(Date.parse(start))
  const today = useFigure('incidents.today')
  const open = useFigure('incidents.open')
  report(1)
  const shown = () => [today.value.value, open.value.value, dateText(wall.frame.nowMs ?? 0, 'zh')]
  expect(shown()).toEqual([1, 1, before])
  goOn(28_000, 1)
  expect(shown()).toEqual([1, 1, before])
  goOn(4000, 1)
  expect(shown()).toEqual([0, 1, after])
  report(2)
  expect(shown()).toEqual([1, 2, after])
})
