import { expect, it } from 'vitest'
import { protocolVersion } from '#protocol/feed.ts'
import { sceneNow } from '#protocol/scene.ts'
import type { Fix } from '#protocol/track.ts'
import { createTrackTable, decodeTracks } from '#protocol/track-frame.ts'
import { definitions, topics } from '#topics/index.ts'
import { assemble } from '../assemble.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { createSimulatedWorld } from '../simulated-world.ts'

const setUp = async () => {
  const world = createSimulatedWorld(1, sceneNow)
  const core = await assemble({
    world,
    journal: openMemoryJournal(newMemoryDisk(world), world),
    topics,
    definitions,
    simulatedSources: new Set(),
  })
  const fixOf = (n: number, over: Partial<Fix> = {}): Fix => ({
    unit: `u${n}`,
    at: world.clock.now(),
    seenAt: world.clock.now(),
    lon: 100 + n / 1000,
    lat: 22,
    speedKmh: 30,
    headingDeg: 90,
    simulated: false,
    ...over,
  })
  const join = (audience: string) => {
    const screen = {
      table: createTrackTable(),
      names: [] as string[],
      simulated: [] as number[],
      frames: [] as Buffer[],
      unitFrames: [] as Buffer[],
      isPaused: false,
      waiting: [] as (() => void)[],
    }
    const joined = core.hub.join({
      send(frame, written, isBinary) {
        if (isBinary) {
          screen.frames.push(frame)
          decodeTracks(frame, screen.table)
        } else {
          const message = JSON.parse(frame.toString())
          if (message.kind === 'units') {
            screen.unitFrames.push(frame)
            screen.names.splice(message.from, message.names.length, ...message.names)
            const before = screen.simulated.filter((index) => index < message.from)
            screen.simulated = [...before, ...message.simulated]
          }
        }
        if (screen.isPaused) screen.waiting.push(written)
        else written()
      },
      close() {},
      terminate() {},
    })
    joined.text(JSON.stringify({ kind: 'hello', protocol: protocolVersion, audience }))
    return screen
  }
  return { world, core, fixOf, join }
}

it('gives a newcomer the last known fix of every unit with its age, and then what changes', async () => {
  const { world, core, fixOf, join } = await setUp()
  core.lane.accept([fixOf(0), fixOf(1)])
  await world.pass(60_000)
  const wall = join('wall')
  expect(wall.names).toEqual(['u0', 'u1'])
  expect(Math.abs(world.clock.now() - wall.table.fixAt[1]! - 60_000)).toBeLessThan(3000)
  core.lane.accept([fixOf(2), fixOf(1, { lon: 101 })])
  await world.pass(1100)
  expect(wall.names).toEqual(['u0', 'u1', 'u2'])
  expect(wall.table.positions[2]).toBeCloseTo(101, 2)
  expect(wall.frames).toHaveLength(2)
})

it('gives visitors no unit and no position', async () => {
  const { world, core, fixOf, join } = await setUp()
  core.lane.accept([fixOf(0)])
  await world.pass(1100)
  const visitor = join('visitor')
  core.lane.accept([fixOf(0, { lon: 101 })])
  await world.pass(5000)
  expect([visitor.names, visitor.frames]).toEqual([[], []])
})

it('snaps what walls get to cells of 100 m', async () => {
  const { world, core, fixOf, join } = await setUp()
  const exact = { lon: 100.812345678, lat: 21.987654321 }
  core.lane.accept([fixOf(0, exact), fixOf(1, { lon: exact.lon + 0.0002, lat: exact.lat })])
  await world.pass(1100)
  const { table } = join('wall')
  expect(Array.from(table.positions.subarray(0, 2))).not.toEqual(
    [exact.lon, exact.lat].map(Math.fround),
  )
  expect(table.positions[0]).toBe(table.positions[2])
})

it('makes each frame once for all walls', async () => {
  const { world, core, fixOf, join } = await setUp()
  const walls = [join('wall'), join('wall'), join('wall')]
  core.lane.accept([fixOf(0)])
  await world.pass(1100)
  expect(new Set(walls.map(({ frames }) => frames.at(-1))).size).toBe(1)
})

it('skips a slow screen to the latest, lets it go for nothing, and slows nobody', async () => {
  const { world, core, fixOf, join } = await setUp()
  const slow = join('wall')
  const quick = join('wall')
  slow.isPaused = true
  for (let second = 0; second < 30; second++) {
    core.lane.accept(Array.from({ length: 500 }, (_, n) => fixOf(n, { lon: 100 + second / 100 })))
    await world.pass(1000)
  }
  expect(slow.frames).toHaveLength(1)
  expect(quick.frames.length).toBeGreaterThanOrEqual(29)
  slow.isPaused = false
  for (const written of slow.waiting.splice(0)) written()
  expect(slow.frames).toHaveLength(2)
  expect(slow.table.positions[2 * 499]).toBeCloseTo(100.29, 2)
  expect([core.hub.clients, core.hub.counted.slowEvictions]).toEqual([2, 0])
})

it('writes the names of all once for all who come, until there are more or one is marked anew', async () => {
  const { world, core, fixOf, join } = await setUp()
  const namesOf = (audience: string) => join(audience).unitFrames
  const accept = async (over: Partial<Fix>[]) => {
    core.lane.accept(over.map((each, n) => fixOf(n, each)))
    await world.pass(1100)
  }
  await accept([{}, {}])
  const [first, second] = [namesOf('wall'), namesOf('wall')]
  expect(second[0]).toBe(first[0])
  await accept([{ lon: 101 }, { lon: 101 }])
  expect(namesOf('wall')[0]).toBe(first[0])
  await accept([{}, { simulated: true }])
  expect(JSON.parse(namesOf('wall')[0]!.toString())).toMatchObject({ simulated: [1] })
  await accept([{}, { simulated: false }, {}])
  expect(JSON.parse(namesOf('wall')[0]!.toString())).toMatchObject({
    names: ['u0', 'u1', 'u2'],
    simulated: [],
  })
})

it('tells screens that are there when a unit that was real is made up, and when it is real again', async () => {
  const { world, core, fixOf, join } = await setUp()
  const wall = join('wall')
  for (const [moment, simulated] of [false, true, false].entries()) {
    core.lane.accept([fixOf(0, { simulated, lon: 100 + moment / 10 }), fixOf(1)])
    await world.pass(1100)
    expect([wall.names, wall.simulated]).toEqual([['u0', 'u1'], simulated ? [0] : []])
    expect(wall.table.positions[0]).toBeCloseTo(100 + moment / 10, 2)
  }
})
