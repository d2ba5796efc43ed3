import { expect, it } from 'vitest'
import { sceneNow } from '#protocol/scene.ts'
import { definitions, topics } from '#topics/index.ts'
import { assemble } from '../assemble.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { createSimulatedWorld } from '../simulated-world.ts'
import { createLane } from '../tracks/lane.ts'
import { createDoors } from './doors.ts'

it('refuses by its line a unit that the lane has no room for, and goes on with those it knows', async () => {
  const world = createSimulatedWorld(1, sceneNow)
  const journal = openMemoryJournal(newMemoryDisk(world), world)
  const simulatedSources = new Set<string>()
  const core = await assemble({ world, journal, topics, definitions, simulatedSources })
  const lane = createLane(world.clock, 2)
  const doors = createDoors(world.clock, { ...core, lane }, journal.turns)
  const send = (...units: string[]) =>
    doors.tracks(
      units.map((unit, n) => ({ line: n + 1, value: { unit, at: sceneNow, lon: 100, lat: 22 } })),
      { source: null, isBackfill: false, isSimulated: false },
    )
  expect(await send('a', 'b')).toEqual({ took: { accepted: 2 }, refused: [] })
  const { took, refused } = await send('b', 'c', 'a', 'd')
  expect(took).toEqual({ accepted: 2 })
  expect(refused).toMatchObject([
    { line: 2, unit: 'c', field: 'unit' },
    { line: 4, unit: 'd', field: 'unit' },
  ])
  expect(refused[0]!.reason).toContain('start the server anew')
  expect(lane.units.map(({ unit }) => unit)).toEqual(['a', 'b'])
})
