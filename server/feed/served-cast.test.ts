import { describe, expect, it } from 'vitest'
import { midnightOf } from '#protocol/beijing.ts'
import type { Audience, Body } from '#protocol/event.ts'
import { type Down, type Hello, protocolVersion, type ServedTopics } from '#protocol/feed.ts'
import type { Figure } from '#protocol/figure.ts'
import { sceneNow } from '#protocol/scene.ts'
import { isServed } from '#protocol/served.ts'
import { encodeState } from '#protocol/snapshot.ts'
import { nounOf, type Topic } from '#protocol/topic.ts'
import { definitions, topics } from '#topics/index.ts'
import { assemble } from '../assemble.ts'
import { newMemoryDisk, openMemoryJournal } from '../journal/memory.ts'
import { createSimulatedWorld } from '../simulated-world.ts'

const servedAudiences = ['shared', 'visitor'] as const
const served = topics.filter((topic) => isServed(topic, 'shared'))
const servedNouns = served.flatMap(({ nouns }) => nouns)

const setUp = async (list: readonly Topic[] = topics) => {
  const world = createSimulatedWorld(1, sceneNow)
  const core = await assemble({
    world,
    journal: openMemoryJournal(newMemoryDisk(world), world),
    topics: list,
    definitions,
    simulatedSources: new Set(),
  })
  let told = 0
  const tell = async (...some: [type: string, body: Body, minutesAgo?: number][]) => {
    const lines = some.map(([type, body, minutesAgo = 0], n) => {
      told += 1
      const at = world.clock.now() - minutesAgo * 60_000
      return { line: n + 1, value: { id: `canary-${told}`, type, at, source: 'bureau', body } }
    })
    const answer = core.ingest.accept(lines, { isBackfill: true, isSimulated: false })
    await world.pass(100)
    expect((await answer).refused).toEqual([])
  }
  const join = (audience: Audience, resume?: Hello['resume']) => {
    const frames: Buffer[] = []
    const joined = core.hub.join({
      send(frame, written, isBinary) {
        if (!isBinary) frames.push(frame)
        written()
      },
      close: () => {},
      terminate: () => {},
    })
    const hello: Hello = { kind: 'hello', protocol: protocolVersion, audience }
    joined.text(JSON.stringify({ ...hello, ...(resume && { resume }) }))
    const heard = () => frames.map((frame) => JSON.parse(frame.toString()) as Down)
    return {
      ...joined,
      frames,
      heard,
      served: () => heard().filter((each): each is ServedTopics => each.kind === 'served'),
      /** as the screen has it now */
      figure: (topic: string, name: string): Figure =>
        heard()
          .flatMap((each) => (each.kind === 'served' ? [each.topics] : []))
          .findLast((some) => topic in some)![topic]!.figures[name]!,
    }
  }
  return { world, core, tell, join }
}

const cell = '532801001-001'
const measured = (measure: string, count: number, more: Body = {}): [string, Body] => [
  'fraud.measured',
  { measure, count, division: '532801103', ...more },
]
const reported = (openEvents: number): [string, Body] => [
  'cell.reported',
  { cell, onDuty: 3, openEvents, overdueEvents: 2, closedToday: 1 },
]
const raised: [string, Body] = [
  'cell.escalated',
  { cell, event: 'matter-17', kind: 'dispute', from: 'grid', to: 'village' },
]
/** Each of them a number of persons or cases that nobody on such a wall may learn. */
const canaries = [
  measured('fund-warnings', 1, { fraudType: 'fake-romance' }),
  measured('face-to-face-dissuasion', 2),
  measured('cases-solved', 3),
  measured('funds-stopped', 4, { amountYuan: 48_613.57, fraudType: 'fake-loan' }),
  reported(4),
  raised,
]
const onDuty: [string, Body] = [
  'patrol.started',
  { unit: 'U-canary', callSign: 'U-canary', segment: 'BD-07' },
]
const secrets = [
  'canary-',
  'matter-17',
  cell,
  '48613',
  '"fraud.',
  'cell.reported',
  '"base"',
  '"rest"',
]

const shownOfLittle = [
  ...['cells', 'unknown', 'overdue', 'staffed', 'staffedShare'].map((name) => `grid-cells.${name}`),
  ...['undeclared', 'worstLag', 'recordsToday'].map((name) => `feed-health.${name}`),
]

describe.each(servedAudiences)('to %s', (audience) => {
  it('no small count leaves: not on joining, resuming, live, nor in a snapshot', async () => {
    const { tell, join, core, world } = await setUp()
    await tell(...canaries)
    const first = join(audience)
    await tell(...canaries.slice(0, 1))
    await world.pass(5000)
    const resumed = join(audience, { epoch: core.journal.epoch, seq: 2 })
    const late = join(audience)
    await world.pass(60_000)
    for (const { frames, heard, served: told } of [first, resumed, late]) {
      const wire = frames.join('\n')
      expect(secrets.filter((secret) => wire.includes(secret))).toEqual([])
      const events = heard().flatMap((each) => (each.kind === 'events' ? each.events : []))
      expect(events.filter(({ type }) => servedNouns.includes(nounOf(type)))).toEqual([])
      expect(told().length).toBeGreaterThan(0)
      for (const { topics: some } of told()) {
        for (const [topic, { figures }] of Object.entries(some)) {
          for (const [name, figure] of Object.entries(figures)) {
            if (figure.value === null || figure.value === 0) continue
            // what is shown of so little is of cells and of sources, which are no cases, and five records or more
            expect(shownOfLittle).toContain(`${topic}.${name}`)
            expect(figure.value).not.toBe(48_613.57)
          }
        }
      }
    }
    expect(first.figure('anti-fraud', 'casesSolvedToday')).toMatchObject({
      value: null,
      under: 5,
      provenance: { sources: [], count: null, newest: null },
    })
    // what nobody has spoken of is unknown, and not small
    expect(first.figure('anti-fraud', 'callsBlockedToday')).not.toHaveProperty('under')
    expect(first.figure('grid-cells', 'overdue').value).toBe(1)
    const snapshot = late.heard().find((each) => each.kind === 'snapshot')!
    for (const { name, initial } of served)
      expect(snapshot.topics[name]).toEqual(JSON.parse(JSON.stringify(encodeState(initial()))))
  })

  it('every seq is covered, also where nothing of it is seen', async () => {
    const { tell, join } = await setUp()
    const screen = join(audience)
    await tell(...canaries)
    const events = screen.heard().filter((each) => each.kind === 'events')
    expect(events.map(({ from, to, events: some }) => [from, to, some.length])).toEqual([[1, 6, 0]])
  })

  it('what grows to five is shown, within two seconds', async () => {
    const { tell, join, world } = await setUp()
    const screen = join(audience)
    const solved = () => screen.figure('anti-fraud', 'casesSolvedToday')
    await tell(measured('cases-solved', 4))
    await world.pass(2000)
    expect(solved().under).toBe(5)
    await tell(measured('cases-solved', 3))
    await world.pass(2000)
    expect(solved().value).toBe(7)
  })
})

it('of what is kept from visitors they get no word, not even that there is any', async () => {
  const { tell, join, world } = await setUp()
  await tell(onDuty)
  const [visitor, shared] = [join('visitor'), join('shared')]
  await tell(['patrol.ended', { unit: 'U-canary' }])
  await world.pass(5000)
  expect(shared.frames.join('\n').includes('U-canary')).toBe(true)
  expect(visitor.frames.join('\n').includes('U-canary')).toBe(false)
  expect(visitor.served().filter(({ topics: some }) => 'patrols' in some)).toEqual([])
})

it('the wall gets events and no figures', async () => {
  const { tell, join, world } = await setUp()
  await tell(...canaries)
  const wall = join('wall')
  await tell(measured('cases-solved', 1))
  await world.pass(5000)
  expect(wall.served()).toEqual([])
  expect(wall.frames.join('\n').includes('fraud.measured')).toBe(true)
})

it('says nothing while nothing changes, and turns with the minute', async () => {
  const { tell, join, world } = await setUp()
  await tell(...canaries)
  const screen = join('shared')
  expect(screen.served()).toHaveLength(served.length)
  const intoMinute = () => world.clock.now() % 60_000
  await world.pass(60_000 - intoMinute() - 3000)
  expect(screen.served()).toHaveLength(served.length)
  await world.pass(5500)
  const [turned] = screen.served().slice(served.length)
  expect(turned!.at % 60_000).toBeLessThanOrEqual(2000)
})

it('turns at midnight: what was shown of yesterday is small today', async () => {
  const { tell, join, world } = await setUp()
  const screen = join('shared')
  await tell(measured('cases-solved', 40))
  await world.pass(2000)
  expect(screen.figure('anti-fraud', 'casesSolvedToday').value).toBe(40)
  await world.pass(midnightOf(sceneNow) + 86_400_000 - world.clock.now() + 2500)
  expect(screen.figure('anti-fraud', 'casesSolvedToday')).toMatchObject({ value: null, under: 5 })
})

it('is sent at most every two seconds, only what changed, encoded once for all screens of an audience', async () => {
  const { tell, join, world } = await setUp()
  const screens = [join('shared'), join('shared')]
  await world.pass(2000)
  const before = screens[0]!.served().length
  for (let n = 0; n < 10; n++) {
    await tell(measured('calls-blocked', 400))
    await world.pass(300)
  }
  // of what is told, and of whoever told it
  const changed = ['anti-fraud', 'feed-health']
  const frames = screens.map((screen) => {
    return screen.frames.filter((frame) => frame.includes('"kind":"served"')).slice(before)
  })
  expect(frames[0]!.length).toBeGreaterThanOrEqual(1)
  expect(frames[0]!.length).toBeLessThanOrEqual(3 * changed.length)
  expect(frames[0]!.map((frame, n) => frame === frames[1]![n])).not.toContain(false)
  for (const { topics: some } of screens[0]!.served().slice(before))
    expect(changed).toEqual(expect.arrayContaining(Object.keys(some)))
})

it('a newcomer gets what the others have, and with them what comes', async () => {
  const { tell, join, world } = await setUp()
  const first = join('shared')
  await tell(measured('cases-solved', 9))
  const second = join('shared')
  await world.pass(2500)
  for (const screen of [first, second])
    expect(screen.figure('anti-fraud', 'casesSolvedToday').value).toBe(9)
})

it('a topic that cannot be computed shows no data and says so, and the others go on', async () => {
  const [one, ...others] = served
  const broken: Topic = {
    ...one!,
    heard: () => {
      throw new Error('broken')
    },
  }
  const { tell, join, world } = await setUp([broken, ...others])
  const screen = join('shared')
  await tell(measured('cases-solved', 40), reported(9))
  await world.pass(5000)
  const topicsTold = screen.served().flatMap(({ topics: some }) => Object.keys(some))
  expect(new Set(topicsTold)).toEqual(new Set(served.map(({ name }) => name)))
  const empty = screen.served().find(({ topics: some }) => one!.name in some)!
  expect(empty.topics[one!.name]).toEqual({ figures: {}, heard: {} })
  const beat = screen.heard().findLast((each) => each.kind === 'heartbeat')!
  expect(beat.faults.map(({ id }) => id)).toContain(`serve:${one!.name}`)
})

it('the sentence of a fault tells a shared wall no count', async () => {
  const { join, world, core } = await setUp()
  const screen = join('shared')
  const body = measured('cases-solved', 1)[1]
  for (let n = 0; n < 3; n++) {
    const at = world.clock.now() + 3_600_000
    const value = { id: `ahead-${n}`, type: 'fraud.measured', at, source: 'bureau', body }
    const live = { isBackfill: false, isSimulated: false }
    void core.ingest.accept([{ line: 1, value }], live)
    await world.pass(1000)
  }
  await world.pass(5000)
  const faults = screen.served().findLast(({ topics: some }) => 'feed-health' in some)!.topics[
    'feed-health'
  ]!.faults!
  expect(faults.map(({ id, message }) => [id, message])).toEqual([['clock:bureau', 'clock:bureau']])
})
