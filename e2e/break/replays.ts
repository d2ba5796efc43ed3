import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom } from '#mock/random.ts'
import { mixedEvent } from '../load.ts'
import { openProgramScreen } from '../program-screen.ts'
import { assertKept } from './account.ts'
import { assertAtHead } from './at-head.ts'
import type { Break } from './break.ts'
import { onServer } from './on-server.ts'

const eventsPerPost = 50
const times = 3
/** Until a kill has left a post unanswered, but no more rounds than this. */
const roundsAtMost = 120

export const replays: Break = {
  id: 'T2.5',
  title:
    'every post is sent three times with the same ids, at once, in turn, and over a kill (events of sources: there are no operator commands yet)',
  isSeeded: true,
  run: ({ isShort, seed }) =>
    onServer({}, async (server, own) => {
      const random = createRandom(`T2.5/${seed}`)
      const screen = own(openProgramScreen(server.url, server.token))
      const attempted = new Set<string>()
      const acknowledged = new Set<string>()
      let unanswered = 0
      const roundsAtLeast = isShort ? 6 : 60
      let rounds = 0
      for (; rounds < roundsAtLeast || (unanswered === 0 && rounds < roundsAtMost); rounds++) {
        const round = rounds
        const ids = Array.from({ length: eventsPerPost }, (_, n) => `r-${round}-${n}`)
        const lines = ids.map((id) => mixedEvent(id, 'r'))
        for (const id of ids) attempted.add(id)
        const send = () => server.post(lines)
        const way = round % 3
        const answers: Awaited<ReturnType<typeof send>>[] = []
        if (way === 0) answers.push(...(await Promise.all([send(), send(), send()])))
        else if (way === 1) for (let n = 0; n < times; n++) answers.push(await send())
        else {
          const first = send().catch((fault: unknown) => fault)
          await sleep(random.next() * 12)
          await server.end('SIGKILL')
          await server.start()
          const told = await first
          if (told instanceof TypeError) unanswered += 1
          // an answer that refuses is no lost answer
          else if (told instanceof Error) throw told
          else answers.push(told as Awaited<ReturnType<typeof send>>)
          for (let n = 1; n < times; n++) answers.push(await send())
        }
        for (const id of ids) acknowledged.add(id)
        const accepted = answers.reduce((sum, answer) => sum + answer.accepted, 0)
        for (const answer of answers)
          deepStrictEqual([answer.accepted + answer.duplicate, answer.refused], [eventsPerPost, []])
        // what was kept and not answered is told as known from the first answer on
        const isToldWhole = answers.length === times
        ok(accepted === eventsPerPost || (!isToldWhole && accepted === 0), `${accepted} accepted`)
      }
      ok(unanswered > 0, 'no post was killed unanswered')
      const rows = await assertAtHead(server, [screen])
      assertKept({ attempted, acknowledged }, rows)
      const sent = rows.filter(({ source }) => source === 'r').length
      strictEqual(sent, rounds * eventsPerPost)
      return {
        runs: rounds,
        figures: `${rounds * eventsPerPost} events sent ${times} times each: ${sent} in the journal, 0 lost, 0 doubled; ${unanswered} of ${Math.floor(rounds / 3)} posts were killed unanswered`,
      }
    }),
}
