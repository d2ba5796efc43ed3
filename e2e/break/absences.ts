import { strictEqual } from 'node:assert/strict'
import { openLine } from '../cuttable-line.ts'
import { bulkEvent, mixedEvent } from '../load.ts'
import { openProgramScreen } from '../program-screen.ts'
import { freePort, type ServerProcess } from '../server-process.ts'
import { assertAtHead } from './at-head.ts'
import type { Break } from './break.ts'
import { onServer } from './on-server.ts'
import { ms, quantile } from './spread.ts'

const consistentWithinMs = 2000

/** So much is given whole to a screen that comes back; more, and all after a start, as a snapshot. */
const mostWhole = 300

/** What sources say while a screen is away. */
const absences = [
  { missed: 200, isRestarted: false },
  { missed: 400, isRestarted: false },
  // more than the feed keeps in memory
  { missed: 4000, isRestarted: false },
  // after a start it keeps nothing
  { missed: 100, isRestarted: true },
]

let sent = 0
const post = async (server: ServerProcess, count: number, eventOf = bulkEvent): Promise<void> => {
  for (let left = count; left > 0; left -= 1000) {
    const size = Math.min(1000, left)
    await server.post(Array.from({ length: size }, () => eventOf(`a-${++sent}-0`, 'a') as never))
  }
}

export const longAbsences: Break = {
  id: 'T2.4',
  title: 'a screen is away for more than 300 events, for more than is kept, and over a restart',
  isSeeded: false,
  run: ({ isShort }) =>
    onServer({}, async (server, own) => {
      const line = await openLine(await freePort(), server.port)
      own({ stop: () => line.close() })
      // so that a snapshot has something in it: a report in five
      await post(server, isShort ? 5000 : 20_000, mixedEvent as typeof bulkEvent)
      const screen = own(openProgramScreen(line.url, server.token))
      await assertAtHead(server, [screen])
      const tookMs: number[] = []
      const rounds = isShort ? 1 : 10
      for (let round = 0; round < rounds; round++) {
        for (const { missed, isRestarted } of absences) {
          const { snapshots: before, seq: from } = screen
          line.cut()
          await post(server, missed)
          if (isRestarted) {
            await server.end('SIGKILL')
            await server.start()
          }
          line.mend()
          const { length } = await assertAtHead(server, [screen])
          // what was said before has alarms raised in their own time, and those are missed too
          const all = length - from
          const snapshots = isRestarted || all > mostWhole ? 1 : 0
          strictEqual(screen.snapshots - before, snapshots, `snapshots after ${all} missed`)
          tookMs.push(screen.liveAtMs - screen.openedAtMs)
        }
      }
      const longestMs = Math.max(...tookMs)
      return {
        runs: tookMs.length,
        figures:
          `missed ${absences.map(({ missed, isRestarted }) => `${missed}${isRestarted ? ' and a restart' : ''}`).join(', ')}: ` +
          `all or a snapshot, as promised, and equal to the journal ${ms(quantile(tookMs, 0.5))} (longest ${ms(longestMs)}, ≤ 2 s) after its socket opened`,
        ...(longestMs > consistentWithinMs && { missed: [`consistent after ${ms(longestMs)}`] }),
      }
    }),
}
