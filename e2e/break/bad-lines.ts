import { ok, strictEqual } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom } from '#mock/random.ts'
import { bulkEvent, mixedEvent, startLoad } from '../load.ts'
import { openProgramScreen } from '../program-screen.ts'
import { freePort } from '../server-process.ts'
import { waitFor } from '../wait-for.ts'
import { assertAnswered, assertKept, noAnswer } from './account.ts'
import { assertAtHead } from './at-head.ts'
import type { Break } from './break.ts'
import { faults, type LineFault, openFaultyLine } from './faulty-line.ts'
import { onServer } from './on-server.ts'

/** Beyond this it hangs, however busy the machine is. */
const hangsAfterMs = 120_000

/** What these do to a line, it still carries everything: screens behind it must get to the head while it lasts. */
const passable: readonly LineFault[] = ['latency', 'narrow', 'sliced']

export const badLines: Break = {
  id: 'T3.4',
  title: `lines between sources, server and screens are bad: ${Object.keys(faults).join(', ')}`,
  isSeeded: true,
  run: ({ isShort, seed, tell }) =>
    onServer({}, async (server, own) => {
      const random = createRandom(`T3.4/${seed}`)
      const { pid } = server
      // a state that a narrow line takes longer for than for a heartbeat, in the long form
      const reports = isShort ? 200 : 1500
      const before = Array.from({ length: reports }, (_, n) => mixedEvent(`b${n}-0-0`, 'before'))
      await server.post(before)

      const lines = await Promise.all(
        (Object.keys(faults) as LineFault[]).map(async (fault, n) => {
          const line = own(await openFaultyLine(await freePort(), server.port, random.fork(fault)))
          const screen = own(openProgramScreen(line.url, server.token))
          const load = own(
            startLoad(server, {
              senders: 1,
              eventsPerPost: 3,
              everyMs: 250,
              eventOf: (id, source) => bulkEvent(id, source),
              name: `line${n}s`,
              url: line.url,
              sendsAgain: true,
              answerWithinMs: 3000,
            }),
          )
          return { fault, line, screen, load }
        }),
      )
      await assertAtHead(
        server,
        lines.map(({ screen }) => screen),
      )
      await waitFor(
        'every sender was answered over its line while that was good',
        () => lines.every(({ load }) => load.acknowledged.size > 0),
        hangsAfterMs,
      )
      const keptBefore = lines.map(({ load }) => load.acknowledged.size)
      for (const { line, fault } of lines) line.suffer(fault)
      const newcomers = lines.map(({ line }) => own(openProgramScreen(line.url, server.token)))
      await sleep(isShort ? 6000 : 30_000)
      tell(lines.map(({ fault, line }) => `${fault}: ${line.ended} ended`).join(', '))
      await waitFor(
        'senders are answered over a line that still carries everything',
        () =>
          lines.every(
            ({ fault, load }, n) =>
              !passable.includes(fault) || load.acknowledged.size > keptBefore[n]!,
          ),
        hangsAfterMs,
      )
      // a sender stops when it is answered, and most are not: the lines mend first for those
      const stopped = lines.map(({ load }) => load.stop())
      const reachable = lines.flatMap(({ fault, screen }, n) =>
        passable.includes(fault) ? [screen, newcomers[n]!] : [],
      )
      const health = async () => (await fetch(`${server.url}/healthz`)).json()
      const reachedMs = await waitFor(
        'screens behind a line that still carries everything are at the head',
        async () => {
          const { seq } = await health()
          return reachable.every(
            ({ link, ...screen }) => link?.state === 'live' && screen.seq === seq,
          )
        },
        hangsAfterMs,
      )
      for (const { line } of lines) line.suffer(null)
      await Promise.all(stopped)

      const screens = [...lines.map(({ screen }) => screen), ...newcomers]
      const rows = await assertAtHead(server, screens, hangsAfterMs)
      const attempted = new Set(before.map(({ id }) => id))
      const acknowledged = new Set(attempted)
      for (const { load, line, fault } of lines) {
        for (const id of load.attempted) attempted.add(id)
        for (const id of load.acknowledged) acknowledged.add(id)
        // an answer of 200 may be cut off after its first line
        assertAnswered(load, [noAnswer, 200])
        // a fault that did nothing proves nothing
        ok(passable.includes(fault) || line.ended > 0, `${fault} has ended no connection`)
      }
      const { recovered } = assertKept({ attempted, acknowledged }, rows)
      strictEqual(server.pid, pid)
      const ended = lines.reduce((sum, { line }) => sum + line.ended, 0)
      const reconnects = screens.reduce((sum, { link }) => sum + link.reconnects, 0)
      return {
        runs: lines.length,
        figures:
          `${acknowledged.size} acknowledged through bad lines, 0 lost, 0 unexpected, 0 doubled, ${recovered} kept unanswered; ${ended} connections ended, ` +
          `${reconnects} returns of ${screens.length} screens, each equal to the journal, gap, dup, reorder 0; at the head ${(reachedMs / 1000).toFixed(1)} s after the senders stopped where bytes still pass; the process went on`,
      }
    }),
}
