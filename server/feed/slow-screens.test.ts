import { describe, expect, it } from 'vitest'
import { type Down, protocolVersion } from '#protocol/feed.ts'
import { sceneNow } from '#protocol/scene.ts'
import { definitions, topics } from '#topics/index.ts'
import { assemble } from '../assemble.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { createSimulatedWorld } from '../simulated-world.ts'

/** A hub whose screens may be `messages` behind, one screen that is written to only when told, and what the log says. */
const setUp = async (messages: number) => {
  const simulated = createSimulatedWorld(1, sceneNow)
  const warnings: string[] = []
  const log = { ...simulated.log, warn: (sentence: string) => void warnings.push(sentence) }
  const world = { ...simulated, log }
  const core = await assemble({
    world,
    journal: openMemoryJournal(newMemoryDisk(world), world),
    topics,
    definitions,
    simulatedSources: new Set(),
    allowance: { bytes: 1e9, messages },
  })
  const screen = {
    isReading: true,
    closed: null as number | null,
    isCut: false,
    last: null as Down | null,
  }
  let waiting: (() => void)[] = []
  const joined = core.hub.join({
    send(frame, written) {
      screen.last = JSON.parse(frame.toString()) as Down
      if (screen.isReading) written()
      else waiting.push(written)
    },
    close: (code) => {
      screen.closed = code
    },
    terminate: () => {
      screen.isCut = true
    },
  })
  joined.text(JSON.stringify({ kind: 'hello', protocol: protocolVersion, audience: 'wall' }))
  let told = 0
  return {
    screen,
    warnings,
    world,
    core,
    /** What waits is written. */
    drain() {
      for (const written of waiting) written()
      waiting = []
    },
    /** One message to every screen. */
    async tell() {
      const id = `i${++told}`
      const body = { ...definitions['incident.reported']!.example, incident: id }
      const value = { id, type: 'incident.reported', at: world.clock.now(), source: 't', body }
      void core.ingest.accept([{ line: 1, value }], { isBackfill: false, isSimulated: false })
      await world.pass(100)
    },
  }
}

describe.each([1, 5])('T3.2: a screen that may be %i messages behind', (messages) => {
  it('is told tooSlow when it is over it for two seconds, is cut two seconds later, and the log says so', async () => {
    const { screen, tell, world, warnings, core } = await setUp(messages)
    screen.isReading = false
    for (let n = 0; n <= messages; n++) await tell()
    expect([screen.closed, warnings]).toEqual([null, []])
    // the heart beats every two seconds: with the first word after that it is over
    await world.pass(4000)
    expect(screen.closed).toBe(4008)
    expect(screen.last).toMatchObject({ kind: 'bye', code: 4008, retryAfterMs: 1000 })
    expect(warnings).toEqual(['A screen was too slow and was let go'])
    expect([core.hub.counted.slowEvictions, core.hub.clients]).toEqual([1, 0])
    await world.pass(2000)
    expect(screen.isCut).toBe(true)
  })

  it('stays when it reads again before that', async () => {
    const { screen, tell, drain, world, warnings, core } = await setUp(messages)
    for (let round = 0; round < 5; round++) {
      screen.isReading = false
      for (let n = 0; n <= messages; n++) await tell()
      await world.pass(1000)
      screen.isReading = true
      drain()
      await tell()
    }
    await world.pass(10_000)
    expect([screen.closed, screen.isCut, warnings]).toEqual([null, false, []])
    expect(core.hub.counted.slowEvictions).toBe(0)
  })
})
