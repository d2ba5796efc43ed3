import { describe, expect, test } from 'vitest'
import { tellIncident } from '#topics/incidents/incidents.mock.ts'
import { tellCalls } from './calls.ts'
import { dayMs, hourMs, minuteMs } from './clock.ts'
import { openDoor } from './door.ts'
import { catchUp, type Life, liveOn, missingSince } from './life.ts'
import { deliveriesOf } from './noise.ts'
import { openPretendWall, type PretendWall, pretendPace } from './pretend-wall.ts'
import { askStanding } from './standing.ts'
import { createStory, type Line } from './story.ts'

const url = 'http://127.0.0.1:8080'
const token = 'token'
const bornMs = Date.UTC(2026, 10, 20, 12, 30)
const storyOf = () => createStory(tellCalls(1, tellIncident))

/** Runs the mock as `main.ts` does, from one moment to another. */
const run = async (wall: PretendWall, fromMs: number, untilMs: number): Promise<string[]> => {
  const sentences: string[] = []
  const stopping = new AbortController()
  const clock = pretendPace(fromMs)
  const pace = {
    ...clock,
    async sleep(delayMs: number, signal: AbortSignal) {
      await clock.sleep(delayMs, signal)
      if (clock.now() > untilMs) stopping.abort()
    },
  }
  const stop = stopping.signal
  const log = (sentence: string) => sentences.push(sentence)
  const door = openDoor({ url, token, stop, pace, fetch: wall.fetch })
  const life: Life = { seed: 1, story: storyOf(), door, pace, stop, log }
  const standing = await askStanding({ url, token, stop, pace, fetch: wall.fetch })
  await catchUp(life, missingSince(standing, fromMs), fromMs)
  await liveOn(life, fromMs)
  return sentences
}
/** Whether a line comes late, and not before a moment. */
const isHeldBack = (line: Line, untilMs: number) => {
  const first = deliveriesOf(1, line).find(({ expected }) => expected === 'accepted')
  return first!.sendAtMs > untilMs
}
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()

describe('the mock', () => {
  test('fills an empty journal with 28 days and lives on, with some noise', async () => {
    const wall = openPretendWall()
    const untilMs = bornMs + 4 * hourMs
    const sentences = await run(wall, bornMs, untilMs)

    const history = wall.rows.filter(({ isLive }) => !isLive)
    expect(history).toEqual(
      storyOf()
        .wholeSince(bornMs - 28 * dayMs, bornMs)
        .map(({ id, type, at, source, body }) => ({ id, type, at, source, body, isLive: false })),
    )
    const since = storyOf().between(bornMs, untilMs)
    const lived = wall.rows.filter(({ isLive }) => isLive)
    expect(lived.length).toBeGreaterThan(100)
    expect(idsOf(lived)).toEqual(idsOf(since.filter((line) => !isHeldBack(line, untilMs))))

    expect(sentences[0]).toMatch(/^history since 2026-10-23T12:30:00\.000Z: \d+ lines/)
    const refused = sentences.filter((sentence) => sentence.startsWith('refused'))
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.every((sentence) => sentence.startsWith('refused, as expected'))).toBe(true)
    expect(wall.requests.every(({ search }) => search.includes('simulated=1'))).toBe(true)
    expect(Math.max(...wall.requests.map(({ lines }) => lines.length))).toBe(2000)
  })

  test.each([
    ['a minute', minuteMs],
    ['nine hours', 9 * hourMs],
    ['five days', 5 * dayMs],
  ])('goes on with the same story after %s of silence', async (_name, silenceMs) => {
    const wall = openPretendWall()
    wall.rows.push({ id: 'x', type: 'x', at: 1, source: 'other', body: {}, isLive: true })
    const backMs = bornMs + hourMs + silenceMs
    await run(wall, bornMs, bornMs + hourMs)
    const sentences = await run(wall, backMs, backMs + hourMs)
    const whole = storyOf().wholeSince(bornMs - dayMs, backMs + 5 * minuteMs)
    const lacking = whole.filter(({ id }) => !wall.rows.some((row) => row.id === id))
    expect(lacking.filter((line) => !isHeldBack(line, backMs + hourMs))).toEqual([])
    expect(sentences.filter((sentence) => sentence.includes('UNEXPECTED'))).toEqual([])
  })

  test('takes up a history that was broken off', async () => {
    const wall = openPretendWall()
    const dropped = new AbortController()
    const pace = pretendPace(bornMs)
    const door = openDoor({ url, token, stop: dropped.signal, pace, fetch: wall.fetch })
    const brokenOff = {
      ...door,
      async send(...args: Parameters<typeof door.send>) {
        if (wall.requests.length === 10) throw new Error('killed')
        return door.send(...args)
      },
    }
    const life: Life = {
      ...{ seed: 1, story: storyOf(), door: brokenOff, pace },
      ...{ stop: dropped.signal, log: () => {} },
    }
    await expect(catchUp(life, bornMs - 28 * dayMs, bornMs)).rejects.toThrow('killed')
    expect(wall.rows).toHaveLength(20_000)
    await run(wall, bornMs + minuteMs, bornMs + 2 * minuteMs)
    const whole = storyOf().wholeSince(bornMs - 28 * dayMs, bornMs)
    const lacking = new Set(idsOf(whole)).difference(new Set(idsOf(wall.rows)))
    expect([...lacking]).toEqual([])
  })
})

test('a journal of others gets a day of the mock, not a month', () => {
  expect(missingSince({ seq: 5, newestAt: null }, bornMs)).toBe(bornMs - dayMs - 2 * hourMs)
  expect(missingSince({ seq: 5, newestAt: bornMs - 90 * dayMs }, bornMs)).toBe(bornMs - 28 * dayMs)
})
