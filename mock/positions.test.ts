import { expect, test } from 'vitest'
import { openDoor } from './door.ts'
import { sendPositions } from './positions.ts'
import { openPretendWall, pretendPace } from './pretend-wall.ts'

const startMs = Date.UTC(2026, 10, 22, 6) + 400

/** Runs for some seconds, sending one line a second. */
const run = async (untilMs: number, upset: (Response | Error)[] = []) => {
  const wall = openPretendWall()
  wall.upset.push(...upset)
  const stopping = new AbortController()
  const clock = pretendPace(startMs)
  const pace = {
    ...clock,
    async sleep(delayMs: number, signal: AbortSignal) {
      await clock.sleep(delayMs, signal)
      if (clock.now() > untilMs) stopping.abort()
    },
  }
  const said: string[] = []
  const stop = stopping.signal
  const door = openDoor({
    url: 'http://127.0.0.1:8080',
    token: 'token',
    stop,
    pace,
    fetch: wall.fetch,
  })
  const fixesAt = (at: number) => [JSON.stringify({ unit: 'A', at, lon: 100, lat: 22 })]
  await sendPositions({ fixesAt, door, pace, stop, log: (line) => said.push(line) })
  return { wall, said }
}

test('every second, on the second, marked as simulated and signed', async () => {
  const { wall, said } = await run(startMs + 5000)
  expect(wall.fixes.map(({ at }) => at)).toEqual(
    [0, 1, 2, 3, 4, 5].map((n) => startMs - 400 + n * 1000),
  )
  expect(wall.requests.every(({ search }) => search === '?simulated=1&source=mock-positions')).toBe(
    true,
  )
  expect(said).toEqual([])
})

test('goes on with the present after the door was shut', async () => {
  const upset = Array.from(
    { length: 4 },
    () => new Response('', { status: 503, headers: { 'retry-after': '3' } }),
  )
  const { wall } = await run(startMs + 16_000, upset)
  const ats = wall.fixes.map(({ at }) => (at - startMs + 400) / 1000)
  expect(ats[0]).toBe(0)
  expect(ats.slice(1)).toEqual([12, 13, 14, 15, 16])
})
