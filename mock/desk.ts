import { secondMs } from '#mock/clock.ts'
import type { Pace } from '#mock/pace.ts'
import { createRandom } from '#mock/random.ts'
import type { FeedEvent } from '#protocol/event.ts'
import { answerTo, type DeskCommand } from '#topics/alarms/alarms.mock.ts'

export interface Desk {
  seed: number
  url: string
  token: string
  pace: Pace
  stop: AbortSignal
  log: (sentence: string) => void
  fetch?: typeof fetch
}

const rowsAtOnce = 2000

/**
 * Somebody who answers to alarms as a person would, by the same door: reads the journal from where it stands now, and
 * gives a command when its time has come. What is refused meanwhile was done by somebody else, or is over.
 */
export const sitAtDesk = async (desk: Desk): Promise<void> => {
  const { url, token, pace, stop, log } = desk
  const ask = desk.fetch ?? fetch
  const random = createRandom(desk.seed).fork('desk')
  const headers = { authorization: `Bearer ${token}` }
  let next = 0
  const waiting = new Map<string, DeskCommand>()

  const read = async (): Promise<void> => {
    if (next === 0) {
      const health = (await (await ask(new URL('/healthz', url), { signal: stop })).json()) as {
        seq: number
      }
      next = health.seq + 1
    }
    const page = await ask(new URL(`/api/journal?from=${next}&limit=${rowsAtOnce}`, url), {
      headers,
      signal: stop,
    })
    if (!page.ok) return
    for (const line of (await page.text()).split('\n')) {
      if (line === '') continue
      const event = JSON.parse(line) as FeedEvent
      next = event.seq + 1
      const answer = answerTo(random, event)
      if (answer) waiting.set(answer.id, answer)
    }
  }

  const give = async ({ dueMs: _, ...command }: DeskCommand): Promise<void> => {
    const init = { method: 'POST', headers, body: JSON.stringify(command), signal: stop }
    const { status } = await ask(new URL('/api/commands', url), init)
    // what could not be kept comes again
    if (status === 429 || status === 503) return
    waiting.delete(command.id)
    if (status !== 200 && status !== 409) log(`the desk was answered ${status}, UNEXPECTED`)
  }

  while (!stop.aborted) {
    try {
      await read()
      for (const command of waiting.values()) if (command.dueMs <= pace.now()) await give(command)
    } catch {
      // the server is away: what waits still waits
    }
    await pace.sleep(5 * secondMs, stop)
  }
}
