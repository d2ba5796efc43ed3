import { expect, test } from 'vitest'
import { tellFraud } from '#topics/anti-fraud/anti-fraud.mock.ts'
import { builtInCells } from '#topics/grid-cells/built-in-cells.ts'
import { dutyOf, tellMatter } from '#topics/grid-cells/grid-cells.mock.ts'
import { tellIncident } from '#topics/incidents/incidents.mock.ts'
import { tellDuty, tellPastRound } from '#topics/patrols/patrols.mock.ts'
import { sayAlive } from './alive.ts'
import { tellCalls } from './calls.ts'
import { tellCells } from './cells.ts'
import { dayMs, minuteMs } from './clock.ts'
import { openDoor } from './door.ts'
import { createForces } from './forces.ts'
import { openPretendWall, pretendPace } from './pretend-wall.ts'
import { mockSources, positionsSource } from './sources.ts'
import { createStory, joinStories } from './story.ts'

const startMs = Date.UTC(2026, 10, 22, 6)

test('every source says what it promises, marked as simulated, and keeps it with time to spare', async () => {
  const wall = openPretendWall()
  const stopping = new AbortController()
  const clock = pretendPace(startMs)
  const saidAt: number[] = []
  const pace = {
    ...clock,
    async sleep(delayMs: number, signal: AbortSignal) {
      saidAt.push(clock.now())
      await clock.sleep(delayMs, signal)
      if (clock.now() > startMs + minuteMs) stopping.abort()
    },
  }
  const searches: string[] = []
  const fetching: typeof fetch = (input, init) => {
    searches.push(new URL(String(input)).pathname + new URL(String(input)).search)
    return wall.fetch(input, init)
  }
  const stop = stopping.signal
  const address = { url: 'http://127.0.0.1:8080', token: 'token' }
  const door = openDoor({ ...address, stop, pace, fetch: fetching })
  await sayAlive({ door, pace, stop, log: () => {} })
  expect(new Set(searches)).toEqual(new Set(['/ingest/alive?simulated=1']))
  const pauses = saidAt.slice(1).map((at, n) => at - saidAt[n]!)
  expect(pauses.length).toBeGreaterThan(5)
  expect(wall.declared.slice(0, mockSources.length)).toEqual(mockSources)
  for (const { intervalMs } of mockSources) {
    expect(intervalMs).toBeLessThanOrEqual(30_000)
    expect(Math.max(...pauses)).toBeLessThan(0.75 * intervalMs)
  }
})

test('whoever tells anything is declared, and nobody else but who sends positions', () => {
  const forces = createForces(1, startMs, { tellDuty, tellPastRound })
  const tellers = [tellCalls(1, tellIncident), tellFraud(1), forces.tell]
  const story = joinStories(
    createStory((day) => tellers.flatMap((tell) => tell(day))),
    tellCells(1, builtInCells, { tellMatter, dutyOf }),
  )
  const told = story.between(startMs - dayMs, startMs).map(({ source }) => source)
  const declared = mockSources.map(({ source }) => source)
  expect(new Set([...told, positionsSource])).toEqual(new Set(declared))
})
