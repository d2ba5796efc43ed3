import { setTimeout as sleep } from 'node:timers/promises'
import type { Reached } from '../../e2e/pictures.ts'
import { openProgramScreen } from '../../e2e/program-screen.ts'

/** A process of protocol clients (`fork` it with URL TOKEN COUNT): answers each message with what each has folded since, and when. */
const [url, token, count] = process.argv.slice(2)
let reached: Reached[][] = Array.from({ length: Number(count) }, () => [])
const screens = reached.map((_, n) =>
  openProgramScreen(url!, token!, (seq) => reached[n]!.push({ seq, at: Date.now() })),
)
while (screens.some(({ link }) => link?.state !== 'live')) await sleep(20)
process.send!('live')
process.on('message', (seq: number) => {
  const answer = async () => {
    while (reached.some((own) => (own.at(-1)?.seq ?? 0) < seq)) await sleep(20)
    process.send!(reached)
    reached = reached.map(() => [])
  }
  void answer()
})
process.on('disconnect', () => process.exit())
