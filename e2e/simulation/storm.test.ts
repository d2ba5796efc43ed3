import { expect, it } from 'vitest'
import { assemble, type Core } from '#server/assemble.ts'
import { createHandshake } from '#server/feed/handshake.ts'
import { newMemoryDisk, openMemoryJournal } from '#server/journal/memory.ts'
import { createSimulatedWorld } from '#server/simulated-world.ts'
import { definitions, topics } from '#topics/index.ts'
import { createFeedClient, type SocketEvents } from '#web/feed/client.ts'
import type { Link } from '#web/feed/link.ts'

/** The wall's own clients before a server that is gone for a while: when each is live again, and who was let in when. */
const storm = async (screens: number, goneMs: number, seed: number) => {
  const world = createSimulatedWorld(seed, Date.UTC(2026, 10, 22, 14))
  const { clock, random } = world
  const disk = newMemoryDisk(world)
  const start = () =>
    assemble({
      world,
      journal: openMemoryJournal(disk, world),
      topics,
      definitions,
      simulatedSources: new Set(),
    })
  const handshakeOf = () => createHandshake({ clock, origins: ['here'], isToken: () => false })
  let core: Core | null = await start()
  let shake = handshakeOf()
  let letInBySecond = new Map<number, number>()
  let cuts: (() => void)[] = []

  const open = (events: SocketEvents) => {
    let isOpen = true
    const end = () => {
      if (!isOpen) return
      isOpen = false
      joined?.closed()
      clock.after(1, () => events.closed())
    }
    const request = { url: '/feed', origin: 'here', authorization: undefined }
    const isLetIn = core !== null && shake(request).status === 101
    const joined = !isLetIn
      ? undefined
      : core?.hub.join({
          send(frame, written, isBinary) {
            if (!isBinary) clock.after(1, () => isOpen && events.text(frame.toString()))
            written()
          },
          close: () => clock.after(1, end),
          terminate: end,
        })
    if (joined) {
      const second = Math.floor(clock.monotonic() / 1000)
      letInBySecond.set(second, (letInBySecond.get(second) ?? 0) + 1)
      cuts.push(end)
      clock.after(1, () => isOpen && events.opened())
    } else clock.after(1, () => events.closed())
    return {
      send: (text: string) => void clock.after(1, () => isOpen && joined?.text(text)),
      close: end,
    }
  }
  const links: Link[] = []
  const clients = Array.from({ length: screens }, (_, n) =>
    createFeedClient({
      ...clock,
      open,
      audience: 'wall',
      random: () => random.next(),
      onSnapshot: () => {},
      onEvents: () => {},
      onUnits: () => {},
      onServed: () => {},
      onTracks: () => {},
      onLink: (link) => {
        links[n] = link
      },
    }),
  )
  const areLive = () => links.length === screens && links.every(({ state }) => state === 'live')
  const passUntilLive = async (): Promise<number> => {
    const startMs = clock.monotonic()
    while (!areLive() && clock.monotonic() - startMs < 120_000) await world.pass(250)
    return (clock.monotonic() - startMs) / 1000
  }
  for (const client of clients) client.start()
  await passUntilLive()
  await world.pass(40_000)

  const before = links.reduce((sum, link) => sum + link.reconnects, 0)
  core = null
  for (const cut of cuts.splice(0)) cut()
  letInBySecond = new Map()
  cuts = []
  const startMs = clock.monotonic()
  await world.pass(goneMs)
  core = await start()
  shake = handshakeOf()
  await passUntilLive()
  const tookS = (clock.monotonic() - startMs) / 1000
  const seconds = [...letInBySecond.keys()]
  const lasted = Math.max(...seconds) - Math.min(...seconds) + 1
  const largest = Math.max(...letInBySecond.values())
  const letIn = [...letInBySecond.values()].reduce((sum, count) => sum + count, 0)
  const reconnects = links.reduce((sum, link) => sum + link.reconnects, 0) - before
  for (const client of clients) client.stop()
  return { tookS, letIn, triesEach: reconnects / screens, binFactor: largest / (screens / lasted) }
}

it.each([
  [1000, 1000],
  [1000, 3000],
])(
  '%i screens are live again within 30 s of a kill that lasts %i ms, in no heap',
  async (screens, goneMs) => {
    const { tookS, binFactor, letIn, triesEach } = await storm(screens, goneMs, 1)
    console.log(
      `${screens} screens, gone ${goneMs} ms: ${tookS} s, largest bin ${binFactor.toFixed(1)} × the mean, ${triesEach} tries each`,
    )
    expect(tookS).toBeLessThanOrEqual(30)
    expect(binFactor).toBeLessThanOrEqual(3)
    // each once: who has got in is not sent away by its own impatience
    expect(letIn).toBe(screens)
    // 0.25 s, 0.5 s, 1 s, … on average, and then every five: who is refused stays away longer
    expect(triesEach).toBeLessThan(8)
  },
)

it('60 screens, an ordinary centre, are not made to wait', async () => {
  const { tookS } = await storm(60, 1000, 1)
  expect(tookS).toBeLessThanOrEqual(10)
})
