import { setTimeout as sleep } from 'node:timers/promises'
import type { Reached } from '../../e2e/pictures.ts'
import { openProgramScreen } from '../../e2e/program-screen.ts'

/** What the clients have folded since they were asked last, each, and the processor time that all of it took. */
export interface Folded {
  reached: Reached[][]
  cpuMs: number
}

/** A process of protocol clients: `fork` it with URL TOKEN COUNT, and send it the seq that all must come to. */
const [url, token, count] = process.argv.slice(2)
let reached: Reached[][] = Array.from({ length: Number(count) }, () => [])
const screens = reached.map((_, n) =>
  openProgramScreen(url!, token!, {
    onEvents(events) {
      const last = events.at(-1)
      if (last) reached[n]!.push({ seq: last.seq, at: Date.now() })
    },
  }),
)
while (screens.some(({ link }) => link?.state !== 'live')) await sleep(20)
let usedBefore = process.cpuUsage()
process.send!('live')
process.on('message', (seq: number) => {
  const answer = async () => {
    while (reached.some((own) => (own.at(-1)?.seq ?? 0) < seq)) await sleep(20)
    const { user, system } = process.cpuUsage(usedBefore)
    process.send!({ reached, cpuMs: (user + system) / 1000 } satisfies Folded)
    usedBefore = process.cpuUsage()
    reached = reached.map(() => [])
  }
  void answer()
})
process.on('disconnect', () => process.exit())
