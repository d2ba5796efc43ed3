import { describe, expect, it } from 'vitest'
import { dayMs, hourMs, minuteMs } from '#protocol/beijing.ts'
import { sceneNow } from '#protocol/scene.ts'
import type { Standing } from '#protocol/source.ts'
import { assemble, type Core } from '#server/assemble.ts'
import { newMemoryDisk, openMemoryJournal } from '#server/journal/memory.ts'
import { createSimulatedWorld } from '#server/simulated-world.ts'
import type { FeedHealth } from '#topics/feed-health/feed.ts'
import { feedHealth } from '#topics/feed-health/feed-health.ts'
import { definitions } from '#topics/index.ts'

const secondMs = 1000
const body = { measure: 'calls-blocked', count: 1, division: '532800' }

/** The server's core, a door of its own, and time that passes when it is told to. */
const openServer = async () => {
  const world = createSimulatedWorld(1, sceneNow)
  const disk = newMemoryDisk(world)
  const start = () =>
    assemble({
      world,
      journal: openMemoryJournal(disk, world),
      topics: [feedHealth],
      definitions,
      simulatedSources: new Set(),
    })
  let core: Core = await start()
  let lines = 0
  const state = () => core.projection.states.get('feed-health') as FeedHealth
  const lineOf = (source: string, lagMs: number, id = `${source}-${lines++}`) => {
    const at = world.clock.now() - lagMs
    return { line: 1, value: { id, type: 'fraud.measured', at, source, body } }
  }
  const server = {
    world,
    disk,
    now: () => world.clock.now(),
    alive(source: string, intervalMs = 10_000, isSimulated = false) {
      core.sources.heard(source, isSimulated)
      core.sources.declare(source, { intervalMs, numberPatterns: [] })
    },
    retire(source: string) {
      core.sources.heard(source, false)
      core.sources.declare(source, 'retired')
    },
    /** Sends one line; what became of it is not waited for. */
    send(
      source: string,
      { lagMs = 500, isBackfill = false, id = undefined as string | undefined } = {},
    ) {
      core.ingest
        .accept([lineOf(source, lagMs, id)], { isBackfill, isSimulated: false })
        .catch(() => {})
    },
    sendRubbish(source: string | null) {
      const value = source === null ? 7 : { ...lineOf(source, 0).value, type: 'no.such' }
      void core.ingest.accept([{ line: 1, value }], { isBackfill: false, isSimulated: false })
    },
    /** Lets time pass; `each` runs before every step. */
    async pass(durationMs: number, each: () => void = () => {}, everyMs = 5 * secondMs) {
      for (let passed = 0; passed < durationMs; passed += everyMs) {
        each()
        await world.pass(everyMs)
      }
    },
    /** Stops it, lets nobody listen for a while, and starts it on the same journal. */
    async restart(downMs = 0) {
      await core.close()
      await world.pass(downMs)
      core = await start()
    },
    state,
    value: (name: string) => feedHealth.figures[name]!(state(), world.clock.now()).value,
    faults: () => feedHealth.faults!(state()).map(({ id }) => id),
    standing: (source: string): Standing | undefined => feedHealth.sources!(state()).get(source),
    /** what was journaled of faults so far */
    turns: () =>
      disk.rows
        .filter(({ type }) => type.startsWith('feed.fault'))
        .map(({ type, body: of }) => `${type.slice(10)} ${of.fault}:${of.source}`),
    rows: (type: string) => disk.rows.filter((row) => row.type === type),
    core: () => core,
  }
  return server
}

describe('silence', () => {
  it('is on the wall within two intervals, since the last word, and over with two words in time', async () => {
    const server = await openServer()
    await server.pass(minuteMs, () => server.alive('cad'))
    expect([server.faults(), server.standing('cad')?.silentSince]).toEqual([[], null])
    server.alive('cad')
    const heardAt = server.now()
    await server.pass(14 * secondMs, undefined, secondMs)
    expect(server.faults()).toEqual([])
    await server.pass(5 * secondMs, undefined, secondMs)
    expect(feedHealth.faults!(server.state())).toMatchObject([
      { id: 'silent:cad', severity: 'warning', since: heardAt },
    ])
    expect(server.standing('cad')?.silentSince).toBe(heardAt)
    expect([server.value('alive'), server.value('silent')]).toEqual([0, 1])
    await server.pass(hourMs)
    server.alive('cad')
    await server.pass(5 * secondMs)
    expect(server.faults()).toEqual(['silent:cad'])
    server.alive('cad')
    await server.pass(2 * secondMs, undefined, secondMs)
    expect([server.faults(), server.standing('cad')?.silentSince]).toEqual([[], null])
    expect(server.turns()).toEqual(['Raised silent:cad', 'Cleared silent:cad'])
  })

  it('is not what a source keeps that has nothing to say and says so, nor one that promised nothing', async () => {
    const server = await openServer()
    server.send('old')
    await server.pass(2 * hourMs, () => server.alive('cad'))
    expect([server.turns(), server.value('alive'), server.value('undeclared')]).toEqual([[], 1, 1])
  })

  it('does not come and go with the words of one that is always a little late', async () => {
    const server = await openServer()
    await server.pass(10 * minuteMs, () => server.alive('slow'), 16 * secondMs)
    expect(server.turns()).toEqual(['Raised silent:slow'])
    await server.pass(minuteMs, () => server.alive('slow'), 10 * secondMs)
    expect(server.turns()).toEqual(['Raised silent:slow', 'Cleared silent:slow'])
  })

  it('is counted from when the server opened, since nobody was listening before', async () => {
    const server = await openServer()
    await server.pass(2 * minuteMs, () => ['here', 'gone'].map((each) => server.alive(each)))
    await server.restart(hourMs)
    await server.pass(10 * secondMs)
    expect(server.turns()).toEqual([])
    await server.pass(minuteMs, () => server.alive('here'))
    expect(server.turns()).toEqual(['Raised silent:gone'])
    // as far as the journal knows, which is told once a minute
    expect(server.standing('gone')!.silentSince).toBeGreaterThan(sceneNow + minuteMs - 5000)
    expect(server.standing('gone')!.silentSince).toBeLessThanOrEqual(sceneNow + 2 * minuteMs)
    await server.restart()
    await server.pass(minuteMs, () => server.alive('here'))
    expect(server.faults()).toEqual(['silent:gone'])
    await server.pass(minuteMs, () => server.alive('gone'))
    expect(server.faults()).toEqual(['silent:here'])
  })

  it('of one that speaks seldom is over with its first word: the second may be due tomorrow', async () => {
    const server = await openServer()
    server.alive('courts', 2 * hourMs)
    const say = () => server.alive('here')
    await server.pass(3.5 * hourMs, say, 10 * secondMs)
    expect(server.faults()).toEqual(['silent:courts'])
    server.alive('courts', 2 * hourMs)
    await server.pass(2 * minuteMs, say)
    expect(server.faults()).toEqual([])
    await server.pass(2 * hourMs, say, 10 * secondMs)
    expect(server.turns()).toEqual(['Raised silent:courts', 'Cleared silent:courts'])
  })

  it('is noticed again of one whose return was told, and its last word not, when the server stopped', async () => {
    const server = await openServer()
    const say = () => server.alive('here')
    await server.pass(2 * minuteMs, () => ['here', 'gone'].map((each) => server.alive(each)))
    await server.pass(3 * minuteMs, say)
    // this minute is counted already
    await server.pass(minuteMs - (server.now() % minuteMs) + 10 * secondMs, say)
    await server.pass(4 * secondMs, () => server.alive('gone'), 2 * secondMs)
    expect(server.faults()).toEqual([])
    await server.restart(secondMs)
    await server.pass(5 * minuteMs, say)
    expect(server.faults()).toEqual(['silent:gone'])
    await server.pass(minuteMs, () => ['here', 'gone'].map((each) => server.alive(each)))
    expect(server.turns().filter((turn) => turn.includes('gone'))).toEqual([
      'Raised silent:gone',
      'Cleared silent:gone',
      'Raised silent:gone',
      'Cleared silent:gone',
    ])
  })

  it('is measured by a clock that never jumps', async () => {
    const server = await openServer()
    for (const stepMs of [hourMs, -2 * hourMs, hourMs]) {
      await server.pass(minuteMs, () => server.alive('cad'))
      server.world.stepClock(stepMs)
      await server.pass(minuteMs, () => server.alive('cad'))
    }
    expect(server.turns()).toEqual([])
  })

  it('is nothing of a source that was retired, and takes its other faults with it', async () => {
    const server = await openServer()
    await server.pass(minuteMs, () => {
      server.alive('cad')
      server.send('cad', { lagMs: 0, id: 'always' })
      server.sendRubbish('cad')
    })
    await server.pass(minuteMs)
    expect(server.faults().sort()).toEqual(['rubbish:cad', 'silent:cad'])
    server.retire('cad')
    await server.pass(5 * secondMs)
    expect([server.faults(), server.standing('cad')]).toEqual([[], undefined])
    await server.pass(hourMs)
    expect(server.turns().slice(2).sort()).toEqual(['Cleared rubbish:cad', 'Cleared silent:cad'])
    server.alive('cad', 20_000)
    await server.pass(5 * secondMs)
    expect(server.standing('cad')?.intervalMs).toBe(20_000)
  })
})

describe('lateness', () => {
  it('is a median: raised, and over when half of what is allowed is kept again', async () => {
    const server = await openServer()
    const send = (lagMs: number) => () => {
      server.alive('cad')
      server.send('cad', { lagMs })
    }
    await server.pass(10 * minuteMs, send(2000))
    // two of a hundred come late, as they do everywhere
    for (let n = 0; n < 4; n++) {
      send(30 * minuteMs)()
      await server.pass(2 * minuteMs, send(2000))
    }
    expect(server.turns()).toEqual([])
    await server.pass(7 * minuteMs, send(3 * minuteMs))
    expect(feedHealth.faults!(server.state())).toMatchObject([
      { id: 'late:cad', severity: 'warning' },
    ])
    expect(Math.abs(server.value('worstLag')! / (3 * minuteMs) - 1)).toBeLessThan(0.1)
    await server.pass(20 * minuteMs, send(45_000))
    expect(server.faults()).toEqual(['late:cad'])
    await server.pass(20 * minuteMs, send(20_000))
    expect(server.turns()).toEqual(['Raised late:cad', 'Cleared late:cad'])
  })

  it('is not over because the server starts again, or sends somebody away', async () => {
    const server = await openServer()
    const send = (lagMs: number) => () => {
      server.alive('cad')
      server.send('cad', { lagMs })
    }
    await server.pass(5 * minuteMs, send(10 * minuteMs))
    await server.restart(secondMs)
    await server.pass(3 * minuteMs, send(10 * minuteMs))
    server.core().sources.turnedAway()
    await server.pass(3 * minuteMs, send(10 * minuteMs))
    expect(server.turns()).toEqual(['Raised late:cad'])
    await server.restart(secondMs)
    await server.pass(12 * minuteMs, send(secondMs))
    expect(server.turns()).toEqual(['Raised late:cad', 'Cleared late:cad'])
  })

  it('is noticed of a slow source by its last five events within the hour', async () => {
    const server = await openServer()
    const send = () => {
      server.alive('courts')
      if (server.now() % (9 * minuteMs) < 5000) server.send('courts', { lagMs: hourMs })
    }
    await server.pass(36 * minuteMs, send)
    expect(server.turns()).toEqual([])
    await server.pass(18 * minuteMs, send)
    expect(server.faults()).toEqual(['late:courts'])
  })

  it('is nothing that comes of history, nor what had to wait for the server', async () => {
    const server = await openServer()
    const say = () => server.alive('cad')
    await server.pass(5 * minuteMs, () => {
      say()
      server.send('cad', { lagMs: 8 * hourMs, isBackfill: true })
    })
    // what happened while the history was sent
    for (let n = 0; n < 30; n++) server.send('cad', { lagMs: 4 * minuteMs })
    await server.pass(15 * minuteMs, say)
    expect(server.turns()).toEqual([])

    await server.restart(20 * minuteMs)
    for (let n = 0; n < 30; n++) server.send('cad', { lagMs: 10 * minuteMs })
    await server.pass(15 * minuteMs, say)
    expect(server.turns()).toEqual([])

    server.disk.fault = 'disk full'
    await server.pass(10 * minuteMs, () => server.send('cad'))
    server.disk.fault = null
    await server.pass(10 * secondMs, say)
    for (let n = 0; n < 30; n++) server.send('cad', { lagMs: 5 * minuteMs })
    await server.pass(15 * minuteMs, say)
    expect(server.turns().filter((turn) => turn.includes('late'))).toEqual([])
  })
})

it('a clock an hour ahead is a fault, one an hour behind is late, one a day behind is a fault', async () => {
  const server = await openServer()
  const clocks = {
    ahead: -hourMs,
    minutes: -2 * minuteMs,
    behind: hourMs,
    dayBehind: 25 * hourMs,
    right: 0,
  }
  await server.pass(5 * minuteMs, () => {
    for (const [source, lagMs] of Object.entries(clocks)) server.send(source, { lagMs })
  })
  expect(server.faults().sort()).toEqual([
    'clock:ahead',
    'clock:dayBehind',
    'clock:minutes',
    'late:behind',
  ])
  await server.pass(12 * minuteMs, () => {
    for (const source of Object.keys(clocks)) server.send(source)
  })
  expect(server.faults()).toEqual([])
})

it('lines that come twice are a fault when they are many, live, and not of history', async () => {
  const server = await openServer()
  let sent = 0
  const send = (again: boolean, isBackfill = false) => {
    const id = `one-${sent++}`
    server.send('cad', { id, isBackfill })
    // the same content: no time passes in between
    if (again) server.send('cad', { id, isBackfill })
  }
  for (let n = 0; n < 60; n++) send(true, true)
  await server.pass(2 * minuteMs)
  expect([server.turns(), server.value('duplicatesToday')]).toEqual([[], 0])
  await server.pass(10 * minuteMs, () => {
    send(false)
    send(sent % 8 === 1)
  })
  expect(server.turns()).toEqual([])
  // many, and still few of all
  expect(server.value('duplicatesToday')).toBeGreaterThan(20)
  await server.pass(10 * minuteMs, () => send(sent % 2 === 0))
  expect(server.turns()).toEqual(['Raised doubled:cad'])
  await server.pass(11 * minuteMs, () => send(false))
  expect(server.turns()).toEqual(['Raised doubled:cad', 'Cleared doubled:cad'])
})

it('what the door counts is judged at once, before it is journaled', async () => {
  const server = await openServer()
  const say = () => {
    server.alive('gps')
    server.send('cad')
  }
  await server.pass(2 * minuteMs + 2 * secondMs, say, 2 * secondMs)
  const told = server.rows('feed.counted').length
  for (let n = 0; n < 60; n++) server.send('cad', { id: `one-${n % 20}`, lagMs: 0 })
  for (let n = 0; n < 20; n++) server.sendRubbish('gps')
  await server.pass(3 * secondMs, undefined, secondMs)
  expect(server.faults().sort()).toEqual(['doubled:cad', 'rubbish:gps'])
  expect(server.rows('feed.counted')).toHaveLength(told)
})

it('refused lines are a fault when they are many, also of whoever does not say who it is', async () => {
  const server = await openServer()
  let sent = 0
  const send = (everyNth: number) => () => {
    server.alive('cad')
    sent += 1
    if (sent % everyNth === 0) server.sendRubbish('cad')
    else server.send('cad')
  }
  await server.pass(10 * minuteMs, send(40))
  expect(server.turns()).toEqual([])
  await server.pass(10 * minuteMs, send(5))
  expect(server.faults()).toEqual(['rubbish:cad'])
  await server.pass(11 * minuteMs, send(50))
  expect(server.faults()).toEqual([])
  await server.pass(minuteMs, () => {
    send(50)()
    server.sendRubbish(null)
  })
  expect(server.faults()).toEqual(['rubbish:unnamed'])
  await server.pass(12 * minuteMs, send(50))
  expect(server.turns()).toHaveLength(4)
})

it('whoever sends nothing but rubbish speaks all the same', async () => {
  const server = await openServer()
  server.alive('cad')
  await server.pass(5 * minuteMs, () => server.sendRubbish('cad'))
  expect(server.faults()).toEqual(['rubbish:cad'])
})

describe('counts', () => {
  it('lose nothing to a disk that fails, and go on after a restart', async () => {
    const server = await openServer()
    const say = () => {
      server.alive('cad')
      server.sendRubbish('cad')
      server.core().sources.count('cad', 'fixes', 3)
    }
    // only what is journaled each minute is known
    await server.pass(5 * minuteMs, say)
    server.disk.fault = 'disk full'
    await server.pass(5 * minuteMs, say)
    server.disk.fault = null
    await server.pass(5 * minuteMs, say)
    await server.pass(2 * minuteMs, () => server.alive('cad'))
    expect([server.value('refusedToday'), server.value('fixesToday')]).toEqual([180, 540])
    await server.restart()
    await server.pass(5 * minuteMs, say)
    await server.pass(2 * minuteMs, () => server.alive('cad'))
    expect([server.value('refusedToday'), server.value('fixesToday')]).toEqual([240, 720])
    expect(server.core().projection.faults.size).toBe(0)
  })

  it('are told once a minute, and not at all while nothing changes', async () => {
    const server = await openServer()
    await server.pass(10 * minuteMs, () => server.alive('cad'), 2 * secondMs)
    const told = server.rows('feed.counted').length
    expect(told).toBeGreaterThanOrEqual(10)
    expect(told).toBeLessThanOrEqual(11)
    server.retire('cad')
    await server.pass(2 * minuteMs)
    const rows = server.disk.rows.length
    await server.pass(hourMs)
    expect(server.disk.rows.length).toBe(rows)
  })

  it('of what is made up are told apart', async () => {
    const server = await openServer()
    await server.pass(2 * minuteMs, () => {
      server.alive('mock', 10_000, true)
      server.alive('real')
    })
    const told = server.rows('feed.counted').map(({ flags, body: { sources } }) => {
      return [flags.join(), (sources as { source: string }[]).map(({ source }) => source).join()]
    })
    expect(new Set(told.map(String))).toEqual(new Set(['simulated,mock', ',real']))
    const { provenance } = feedHealth.figures.alive!(server.state(), server.now())
    expect(provenance).toMatchObject({ sources: ['mock', 'real'], count: 2, simulated: true })
  })
})

describe('a clock of the server that was wrong', () => {
  it('and was set back an hour, counts on and forgets the trouble that is over', async () => {
    const server = await openServer()
    const say = () => {
      server.alive('cad')
      server.sendRubbish('cad')
    }
    await server.pass(70 * minuteMs, say, 10 * secondMs)
    expect(server.faults()).toEqual(['rubbish:cad'])
    const told = server.rows('feed.counted').length
    server.world.stepClock(-hourMs)
    await server.pass(
      12 * minuteMs,
      () => {
        server.alive('cad')
        server.send('cad')
      },
      10 * secondMs,
    )
    expect(server.faults()).toEqual([])
    await server.pass(10 * minuteMs, say, 10 * secondMs)
    expect(server.faults()).toEqual(['rubbish:cad'])
    await server.pass(2 * minuteMs, () => server.alive('cad'), 10 * secondMs)
    expect(server.rows('feed.counted').length - told).toBeGreaterThanOrEqual(11)
    expect(server.value('refusedToday')).toBe(80 * 6)
    expect(server.state().feeds.get('cad')!.heardAt).toBeLessThanOrEqual(server.now())
  })

  it('and was set back an hour, still notices who is late', async () => {
    const server = await openServer()
    const send = (lagMs: number) => () => server.send('cad', { lagMs })
    await server.pass(5 * minuteMs, send(secondMs))
    server.core().sources.turnedAway()
    server.world.stepClock(-hourMs)
    await server.pass(5 * minuteMs, send(10 * minuteMs))
    expect(server.faults()).toEqual(['late:cad'])
  })

  it.each([1, 10, 400])('and was %i days ahead for two minutes, counts on', async (days) => {
    const server = await openServer()
    const send = () => server.send('cad')
    await server.pass(10 * minuteMs, send, minuteMs)
    server.world.stepClock(days * dayMs)
    await server.pass(2 * minuteMs, send, minuteMs)
    server.world.stepClock(-days * dayMs)
    await server.pass(30 * minuteMs, send, minuteMs)
    // of a clock so far off, what was counted before it is given up
    expect(server.value('recordsToday')).toBe(days > 64 ? 30 : 40)
    const { records, minutes, heardAt } = server.state().feeds.get('cad')!
    expect(records.counts.length).toBeLessThanOrEqual(2 * 24)
    expect(minutes.size).toBeLessThanOrEqual(12)
    expect(heardAt).toBeLessThanOrEqual(server.now())
    await server.restart()
    expect(server.value('recordsToday')).toBe(days > 64 ? 30 : 40)
  })
})

it('what is declared is journaled once, and again when it changes', async () => {
  const server = await openServer()
  const say = (intervalMs: number) => () => server.alive('cad', intervalMs)
  await server.pass(2 * minuteMs, say(10_000))
  await server.pass(2 * minuteMs, say(30_000))
  await server.restart()
  await server.pass(2 * minuteMs, say(30_000))
  await server.pass(10 * secondMs, say(10_000))
  expect(server.rows('feed.declared').map(({ body: of }) => of.intervalMs)).toEqual([
    10_000, 30_000, 10_000,
  ])
})

it('more sources than there is room for are one, and the others stay as they are', async () => {
  const server = await openServer()
  server.alive('cad')
  await server.pass(30 * secondMs, () => server.alive('cad'))
  for (let n = 0; n < 1500; n++) server.send(`made-up-${n}`)
  await server.pass(5 * minuteMs, () => {
    server.alive('cad')
    for (let n = 0; n < 1500; n += 100) server.alive(`late-comer-${n}`)
  })
  expect(server.state().feeds.size).toBe(1001)
  expect(server.state().feeds.get('others')?.minutes.size).toBeGreaterThan(0)
  expect(server.faults()).toEqual([])
  expect(server.standing('cad')).toMatchObject({ silentSince: null })
  const rows = server.disk.rows.length
  await server.pass(10 * minuteMs, () => server.alive('cad'))
  expect(server.disk.rows.length - rows).toBeLessThan(40)
})
