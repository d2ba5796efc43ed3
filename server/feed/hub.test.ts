import { describe, expect, it } from 'vitest'
import {
  type Down,
  type Events,
  type Hello,
  protocolVersion,
  type Snapshot,
} from '#protocol/feed.ts'
import { sceneNow } from '#protocol/scene.ts'
import { definitions, topics } from '#topics/index.ts'
import { assemble } from '../assemble.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { createSimulatedWorld } from '../simulated-world.ts'
import type { Allowance } from './session.ts'

const setUp = async (allowance?: Allowance) => {
  const world = createSimulatedWorld(1, sceneNow)
  const disk = newMemoryDisk(world)
  const core = await assemble({
    world,
    journal: openMemoryJournal(disk, world),
    topics,
    definitions,
    simulatedSources: new Set(),
    ...(allowance && { allowance }),
  })
  let told = 0
  /** journals n reports and lets the feed publish them */
  const tell = async (count: number) => {
    const lines = Array.from({ length: count }, (_, n) => {
      const incident = `i${++told}`
      const body = { ...definitions['incident.reported']!.example, incident }
      return {
        line: n + 1,
        value: {
          id: incident,
          type: 'incident.reported',
          at: world.clock.now(),
          source: 't',
          body,
        },
      }
    })
    const answer = core.ingest.accept(lines, { isBackfill: false, isSimulated: false })
    await world.pass(100)
    expect(await answer).toMatchObject({ accepted: count, refused: [] })
  }
  /** a screen whose reader may be paused: then nothing it is sent is ever written */
  const join = (hello?: Partial<Hello> | string, isPaused = false) => {
    const screen = { frames: [] as Buffer[], closed: null as number | null, isCut: false }
    const joined = core.hub.join({
      send(frame, written) {
        screen.frames.push(frame)
        if (!isPaused) written()
      },
      close: (code) => {
        screen.closed = code
      },
      terminate: () => {
        screen.isCut = true
      },
    })
    if (typeof hello === 'string') joined.text(hello)
    else if (hello)
      joined.text(
        JSON.stringify({ kind: 'hello', protocol: protocolVersion, audience: 'wall', ...hello }),
      )
    const heard = () => screen.frames.map((frame) => JSON.parse(frame.toString()) as Down)
    return {
      ...joined,
      screen,
      heard,
      kinds: () =>
        heard()
          .map(({ kind }) => kind)
          .filter((kind) => kind !== 'heartbeat' && kind !== 'units'),
      last: <Kind extends Down['kind']>(kind: Kind) =>
        heard().findLast((each) => each.kind === kind) as Extract<Down, { kind: Kind }>,
    }
  }
  return { world, core, disk, tell, join }
}

describe('joining', () => {
  it('gives a snapshot, then every event, each seq covered once', async () => {
    const { tell, join, core } = await setUp()
    await tell(3)
    const screen = join({})
    expect(screen.kinds()).toEqual(['welcome', 'snapshot'])
    expect(screen.last('welcome')).toMatchObject({
      epoch: expect.stringContaining(`${core.journal.epoch}.`),
      seq: 3,
      mode: 'snapshot',
    })
    expect(screen.last('snapshot')).toMatchObject({ seq: 3 })
    await tell(2)
    expect(screen.last('events')).toMatchObject({ from: 4, to: 5 })
    expect(screen.last('events').events.map(({ seq }) => seq)).toEqual([4, 5])
    expect(Object.keys(screen.last('events').events[0]!).sort()).toEqual([
      'at',
      'body',
      'flags',
      'id',
      'seenAt',
      'seq',
      'source',
      'type',
    ])
  })

  it('gives all of what was missed up to 300 events, and beyond that a snapshot', async () => {
    const { tell, join, core } = await setUp()
    await tell(400)
    const { epoch } = core.journal
    const resumed = join({ resume: { epoch, seq: 100 } })
    expect(resumed.last('welcome').mode).toBe('resumed')
    const events = resumed.heard().filter((each): each is Events => each.kind === 'events')
    expect(events[0]!.from).toBe(101)
    expect(events.at(-1)!.to).toBe(400)
    expect(events.flatMap((each) => each.events).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 300 }, (_, n) => n + 101),
    )
    for (const resume of [
      { epoch, seq: 99 },
      { epoch, seq: 401 },
      { epoch: 'other', seq: 400 },
    ]) {
      expect(join({ resume }).kinds()).toEqual(['welcome', 'snapshot'])
    }
    expect(join({ resume: { epoch, seq: 400 } }).kinds()).toEqual(['welcome'])
    // of a run that is over, and of which this journal has nothing: its machine was put back
    const earlier = { epoch: `${epoch}.earlier`, seq: 390 }
    expect(join({ resume: earlier }).kinds()).toEqual(['welcome', 'snapshot'])
  })

  it('gives visitors no unit, no place and no text, in snapshot and events alike', async () => {
    const { tell, join } = await setUp()
    await tell(1)
    const visitor = join({ audience: 'visitor' })
    await tell(1)
    const wire = visitor.screen.frames.join('\n')
    for (const secret of ['货车侧翻', '101.68', '"lon"', '"summary"'])
      expect(wire).not.toContain(secret)
    expect(visitor.last('events').events[0]!.body).toEqual({
      incident: 'i2',
      category: 'disaster-accident',
      level: 1,
      division: '532823105',
    })
    const wall = join({})
    expect(wall.screen.frames.join('\n')).toContain('货车侧翻')
  })

  it.each([
    ['another audience', { audience: 'operator' }, 4003],
    ['another protocol', { protocol: 1 }, 4002],
    ['rubbish', 'rubbish', 4000],
    ['an array', '[]', 4000],
    ['an unknown kind', '{"kind":"x"}', 4000],
    [
      'a bad resume',
      '{"kind":"hello","protocol":2,"audience":"wall","resume":{"epoch":1,"seq":"2"}}',
      4000,
    ],
  ])('says bye to %s', async (_, hello, code) => {
    const { join, core, world } = await setUp()
    const screen = join(hello)
    expect(screen.kinds()).toEqual(['bye'])
    expect([screen.last('bye').code, screen.screen.closed]).toEqual([code, code])
    expect(core.hub.clients).toBe(0)
    await world.pass(2000)
    expect(screen.screen.isCut).toBe(true)
  })

  it('says bye to who says nothing, says hello twice, or talks too much', async () => {
    const { join, world } = await setUp()
    const silent = join()
    const twice = join({})
    twice.text(JSON.stringify({ kind: 'hello', protocol: protocolVersion, audience: 'wall' }))
    expect(twice.last('bye').code).toBe(4000)
    const talker = join({})
    for (let n = 0; n < 99; n++) talker.text('{"kind":"ping"}')
    expect(talker.screen.closed).toBeNull()
    talker.text('{"kind":"ping"}')
    expect(talker.last('bye').code).toBe(4029)
    await world.pass(10_000)
    expect(silent.last('bye').code).toBe(4004)
  })

  it('gives no screen a shared snapshot that is older than what it shows', async () => {
    const { core, tell, join } = await setUp()
    join({})
    await tell(400)
    const { epoch } = core.journal
    const behind = join({ resume: { epoch, seq: 50 } })
    expect(behind.last('welcome')).toMatchObject({ mode: 'snapshot', seq: 400 })
    expect(behind.last('snapshot').seq).toBe(400)
    // whoever shows nothing of this journal takes it as it is
    await tell(1)
    for (const resume of [
      { epoch: 'another', seq: 50 },
      { epoch, seq: 1 },
    ])
      expect(join({ resume }).last('snapshot').seq).toBe(400)
    expect(core.hub.counted.snapshotsBuilt).toBe(2)
  })
})

describe('gathering', () => {
  const setUpOne = async () => {
    const { core, world, join, tell } = await setUp()
    await tell(1)
    const screen = join({})
    let sent = 0
    /** posts one report, and lets a millisecond pass */
    const step = async () => {
      sent += 1
      const body = { ...definitions['incident.reported']!.example, incident: `g${sent}` }
      const at = world.clock.now()
      const value = { id: `g${sent}`, type: 'incident.reported', at, source: 't', body }
      const lines = [{ line: 1, value }]
      void core.ingest.accept(lines, { isBackfill: false, isSimulated: false })
      await world.pass(1)
    }
    return { world, step, told: () => screen.heard().filter(({ kind }) => kind === 'events') }
  }

  it('tells what comes alone as soon as it is committed', async () => {
    const { world, step, told } = await setUpOne()
    await step()
    await world.pass(10)
    expect(told()).toHaveLength(1)
  })

  it('tells what comes fast in one message each 20 ms', async () => {
    const { world, step, told } = await setUpOne()
    for (let n = 0; n < 200; n++) await step()
    await world.pass(100)
    const messages = told() as Events[]
    expect(messages.flatMap(({ events }) => events)).toHaveLength(200)
    expect(messages.length).toBeGreaterThanOrEqual(5)
    expect(messages.length).toBeLessThanOrEqual(12)
  })
})

describe('cost', () => {
  it('encodes once per audience, never once per client', async () => {
    const { tell, join } = await setUp()
    const walls = [join({}), join({}), join({})]
    const visitors = [join({ audience: 'visitor' }), join({ audience: 'visitor' })]
    const snapshotOf = ({ screen }: (typeof walls)[number]) =>
      screen.frames.find((frame) => frame.includes('"kind":"snapshot"'))
    expect(new Set(walls.map(snapshotOf)).size).toBe(1)
    expect(new Set(visitors.map(snapshotOf)).size).toBe(1)
    await tell(5)
    const lastOf = ({ screen }: (typeof walls)[number]) => screen.frames.at(-1)
    expect(new Set(walls.map(lastOf)).size).toBe(1)
    expect(new Set([...walls, ...visitors].map(lastOf)).size).toBe(2)
  })

  it('shares what was missed among all who blinked together', async () => {
    const { tell, join, core } = await setUp()
    await tell(50)
    const resume = { epoch: core.journal.epoch, seq: 20 }
    const missed = [join({ resume }), join({ resume })].map(({ screen }) =>
      screen.frames.find((frame) => frame.includes('"kind":"events"')),
    )
    expect(missed[0]).toBeDefined()
    expect(missed[0]).toBe(missed[1])
  })

  it('shares a snapshot for a second, and brings late comers up from it', async () => {
    const { tell, join } = await setUp()
    await tell(2)
    join({})
    await tell(2)
    const late = join({})
    expect((late.heard().find(({ kind }) => kind === 'snapshot') as Snapshot).seq).toBe(2)
    expect(late.last('events')).toMatchObject({ from: 3, to: 4 })
  })

  it.each([
    ['messages', { bytes: 1e9, messages: 5 }],
    ['bytes', { bytes: 5000, messages: 1e9 }],
  ])('lets go of a stuck reader past its %s, and of nobody else', async (_, allowance) => {
    const { tell, join, core, world } = await setUp(allowance)
    await tell(200)
    const stuck = join({}, true)
    // its snapshot alone is larger than the allowance, and does not count
    expect(stuck.screen.closed).toBeNull()
    const healthy = join({})
    for (let n = 0; n < 60; n++) await tell(1)
    expect(stuck.last('bye')).toMatchObject({ code: 4008, retryAfterMs: 1000 })
    expect(stuck.screen.frames.length).toBeLessThan(60)
    await world.pass(2000)
    expect([stuck.screen.closed, stuck.screen.isCut]).toEqual([4008, true])
    expect([core.hub.clients, core.hub.counted.slowEvictions]).toEqual([1, 1])
    expect([healthy.screen.closed, healthy.last('events').to]).toEqual([null, 260])
  })

  it('takes no burst for lag: what a reader takes in at once may be larger than its allowance', async () => {
    const { tell, join, core } = await setUp({ bytes: 20_000, messages: 5 })
    const screen = join({})
    await tell(2000)
    expect([
      screen.screen.closed,
      screen.last('events').to,
      core.hub.counted.slowEvictions,
    ]).toEqual([null, 2000, 0])
  })

  it('closes a frame at 64 KiB, and gives a snapshot where what was missed is larger than 256 KiB', async () => {
    const { core, world, join } = await setUp()
    const screen = join({})
    const units = Array.from({ length: 100 }, (_, n) => `${'u'.repeat(55)}${n}`)
    const lines = Array.from({ length: 100 }, (_, n) => {
      const body = { incident: 'x', units }
      return {
        line: n + 1,
        value: { id: `d${n}`, type: 'incident.dispatched', at: sceneNow, source: 't', body },
      }
    })
    void core.ingest.accept(lines, { isBackfill: false, isSimulated: false })
    await world.pass(100)
    const told = screen.screen.frames.filter((frame) => frame.includes('"kind":"events"'))
    expect(told.length).toBeGreaterThan(5)
    expect(Math.max(...told.map(({ length }) => length))).toBeLessThanOrEqual(65_536)
    expect(screen.last('events').to).toBe(100)
    expect(join({ resume: { epoch: core.journal.epoch, seq: 1 } }).last('welcome').mode).toBe(
      'snapshot',
    )
    expect(join({ resume: { epoch: core.journal.epoch, seq: 70 } }).last('welcome').mode).toBe(
      'resumed',
    )
  })
})

describe('the heart', () => {
  it('beats at least every 3 s with the time and the position, and answers a ping', async () => {
    const { join, world, tell } = await setUp()
    const screen = join({})
    await tell(1)
    const beats = () => screen.heard().filter(({ kind }) => kind === 'heartbeat').length
    const before = beats()
    await world.pass(30_000)
    expect(beats() - before).toBeGreaterThanOrEqual(10)
    expect(screen.last('heartbeat')).toMatchObject({ seq: 1, recording: true, faults: [] })
    expect(world.clock.now() - screen.last('heartbeat').serverTime).toBeLessThanOrEqual(3000)
    screen.text('{"kind":"ping"}')
    expect(screen.last('heartbeat').serverTime).toBe(world.clock.now())
  })

  it('says that nothing is recorded while the journal takes nothing', async () => {
    const { join, world, disk } = await setUp()
    const screen = join({})
    disk.fault = 'disk full'
    await world.pass(3000)
    expect(screen.last('heartbeat')).toMatchObject({
      recording: false,
      faults: [{ id: 'journal' }],
    })
    disk.fault = null
    await world.pass(3000)
    expect(screen.last('heartbeat')).toMatchObject({ recording: true, faults: [] })
  })

  it('says bye to everybody when the server stops', async () => {
    const { join, core } = await setUp()
    const screens = [join({}), join({ audience: 'visitor' })]
    core.hub.close()
    for (const screen of screens)
      expect(screen.last('bye')).toMatchObject({ code: 1001, retryAfterMs: 1000 })
  })
})
