import type { Reached } from '../../e2e/pictures.ts'
import { openProgramScreen } from '../../e2e/program-screen.ts'
import { waitFor } from '../../e2e/wait-for.ts'

const withinMs = 120_000

/** What the clients have folded since they were asked last, each, and the processor time that all of it took. */
export interface Folded {
  reached: Reached[][]
  cpuMs: number
}

/**
 * A process of protocol clients: start it as a child with URL TOKEN COUNT. Asked with a seq that all must come to, it answers
 * when they have; with 0, when all are live.
 */
export interface ToClients {
  seq: number
}
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
let usedBefore = process.cpuUsage()
process.on('message', async ({ seq }: ToClients) => {
  await waitFor(
    `every client is live and at ${seq}`,
    () => screens.every((screen) => screen.link?.state === 'live' && screen.seq >= seq),
    withinMs,
  )
  const { user, system } = process.cpuUsage(usedBefore)
  process.send!({ reached, cpuMs: (user + system) / 1000 } satisfies Folded)
  usedBefore = process.cpuUsage()
  reached = reached.map(() => [])
})
process.on('disconnect', () => process.exit())
