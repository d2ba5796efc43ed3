import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'
import type { Down, Hello } from '#protocol/feed.ts'
import { encodeState } from '#protocol/snapshot.ts'
import type { Topic } from '#protocol/topic.ts'
import type { SocketEvents } from '#web/feed/client.ts'
import { createSimulatedTicker } from './simulated-ticker.ts'
import { useWall } from './wall.ts'

interface Diary {
  lines: string[]
}
const diary: Topic<Diary> = {
  name: 'diary',
  stateVersion: 1,
  nouns: ['line'],
  staleAfterMs: 60_000,
  initial: () => ({ lines: [] }),
  evolve: () => {},
  heard: () => new Map(),
  redact: (state) => state,
  figures: {},
}

const openWall = () => {
  setActivePinia(createPinia())
  const simulated = createSimulatedTicker()
  const sockets: { events: SocketEvents; sent: string[]; isClosed: boolean }[] = []
  const wall = useWall()
  wall.start({
    topics: [diary as Topic],
    audience: 'wall',
    ticker: simulated.ticker,
    random: () => 0.5,
    open(events) {
      const socket = { events, sent: [] as string[], isClosed: false }
      sockets.push(socket)
      return {
        send: (text) => void socket.sent.push(text),
        close: () => {
          socket.isClosed = true
        },
      }
    },
  })
  const tell = (at: number, lines: string[]) => {
    const { events } = sockets[at]!
    const say = (message: Down) => events.text(JSON.stringify(message))
    events.opened()
    say({ kind: 'welcome', epoch: 'e', seq: 3, serverTime: 1_800_000_000_000, mode: 'snapshot' })
    say({ kind: 'snapshot', seq: 3, topics: { diary: encodeState({ lines }) } })
    simulated.draw()
  }
  const linesOf = () => (wall.stateOf('diary') as Diary).lines
  return { wall, sockets, tell, linesOf, ...simulated }
}

test('for another audience the wall joins anew, with nothing of what it had, and asks for no more of it', () => {
  const { wall, sockets, tell, linesOf } = openWall()
  tell(0, ['a secret'])
  expect([linesOf(), wall.frame.seq, wall.link?.state]).toEqual([['a secret'], 3, 'live'])

  wall.switchAudience('visitor')
  // in the same instant: nothing was drawn and nothing was told in between
  expect(linesOf()).toEqual([])
  expect([wall.audience, wall.link, wall.frame.seq, wall.awaitsFirst]).toEqual([
    'visitor',
    null,
    0,
    true,
  ])
  expect(sockets.map(({ isClosed }) => isClosed)).toEqual([true, false])
  tell(1, ['for all'])
  expect(linesOf()).toEqual(['for all'])
  const hello = JSON.parse(sockets[1]!.sent[0]!) as Hello
  expect([hello.audience, hello.resume]).toEqual(['visitor', undefined])
})

test('what the former socket still brings is for nobody', () => {
  const { wall, sockets, tell, linesOf, pass, draw } = openWall()
  tell(0, ['a secret'])
  wall.switchAudience('visitor')
  tell(0, ['a secret more'])
  sockets[0]!.events.closed()
  pass(5000)
  draw()
  expect(linesOf()).toEqual([])
  expect(wall.frame.seq).toBe(0)
  expect(sockets.filter(({ isClosed }) => !isClosed)).toHaveLength(1)
})

test('the same audience again changes nothing', () => {
  const { wall, sockets, tell, linesOf } = openWall()
  tell(0, ['kept'])
  wall.switchAudience('wall')
  expect(linesOf()).toEqual(['kept'])
  expect(sockets).toHaveLength(1)
})
