import { deepStrictEqual, ok } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom, type Random } from '#mock/random.ts'
import type { JournalRow } from '#protocol/event.ts'
import { createLens } from '#server/feed/lens.ts'
import { definitions, topics } from '#topics/index.ts'
import { eventOf, fingerprintOf, strictFold } from '../journal-fold.ts'
import { mixedEvent, startLoad } from '../load.ts'
import { openProgramScreen, type ProgramScreen } from '../program-screen.ts'
import type { ServerProcess } from '../server-process.ts'
import { assertKept } from './account.ts'
import { assertAtHead } from './at-head.ts'
import type { Break } from './break.ts'
import { onServer } from './on-server.ts'

/** What a screen had when it left: its state, and how many events since its snapshot. */
interface Left {
  seq: number
  snapshotSeq: number
  eventsSince: number
  states: string
}

const leave = (screen: ProgramScreen): Left | null => {
  const { seq, snapshotSeq, eventsSince, snapshots, states } = screen
  screen.stop()
  if (snapshots === 0) return null
  return { seq, snapshotSeq, eventsSince, states: fingerprintOf(states) }
}

/** One place in front of the server: a screen stays for a moment, is cut off and comes back, or goes and another comes. */
const comeAndGo = async (
  { url, token }: ServerProcess,
  random: Random,
  untilMs: number,
): Promise<{ left: Left[]; returns: number }> => {
  const left: Left[] = []
  let returns = 0
  while (performance.now() < untilMs) {
    const screen = openProgramScreen(url, token, { random: () => random.next() / 5 })
    await sleep(random.int(50, 900))
    while (random.chance(0.5) && performance.now() < untilMs) {
      screen.drop()
      returns += 1
      await sleep(random.int(20, 600))
    }
    const had = leave(screen)
    if (had) left.push(had)
  }
  return { left, returns }
}

/** What each that left must have had, by the journal. */
const assertWhole = (left: readonly Left[], rows: readonly JournalRow[]): void => {
  const see = createLens(definitions, topics)
  const fold = strictFold(null)
  const states = fold.fresh()
  const bySeq = Map.groupBy(left, ({ seq }) => seq)
  const seenUpTo = [0]
  for (const event of rows.map(eventOf)) {
    fold.apply(states, event)
    seenUpTo.push(seenUpTo.at(-1)! + (see(event, 'wall') ? 1 : 0))
    const here = bySeq.get(event.seq)
    if (!here) continue
    const expected = fingerprintOf(states)
    for (const had of here) {
      const eventsSince = seenUpTo[had.seq]! - seenUpTo[had.snapshotSeq]!
      deepStrictEqual(had, { ...had, eventsSince, states: expected })
    }
  }
}

export const joins: Break = {
  id: 'T2.3',
  title: 'screens join, are cut off, come back and leave while events are published without pause',
  isSeeded: true,
  run: ({ isShort, seed }) =>
    onServer({}, async (server, own) => {
      const random = createRandom(`T2.3/${seed}`)
      const load = own(
        startLoad(server, { senders: 4, eventsPerPost: 5, everyMs: 20, eventOf: mixedEvent }),
      )
      const stays = [1, 2].map(() => own(openProgramScreen(server.url, server.token)))
      const untilMs = performance.now() + (isShort ? 5000 : 30_000)
      const places = await Promise.all(
        Array.from({ length: 24 }, (_, n) => comeAndGo(server, random.fork(n), untilMs)),
      )
      await load.stop()
      const rows = await assertAtHead(server, stays)
      assertKept(load, rows)
      const left = places.flatMap((place) => place.left)
      const returns = places.reduce((sum, place) => sum + place.returns, 0)
      assertWhole(left, rows)
      const live = left.filter(({ eventsSince }) => eventsSince > 0).length
      ok(live > 0, `none of ${left.length} screens saw anything happen`)
      ok(returns > 0, 'no screen was cut off and came back')
      const metrics = await server.metrics()
      const given = (mode: string) => metrics.get(`wanglou_feed_joins_total{mode="${mode}"}`)
      return {
        runs: left.length + returns,
        figures:
          `${left.length} screens came and left (${live} saw something happen), ${returns} returns, over ${rows.length} events: ${given('snapshot')} snapshots ` +
          `(${metrics.get('wanglou_feed_snapshots_built_total')} made), ${given('resumed')} resumed; 0 missing, 0 doubled, every state equal to the journal's`,
      }
    }),
}
