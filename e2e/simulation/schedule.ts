import { toMinute } from '#protocol/beijing.ts'
import { createBook } from './book.ts'
import { checkRest } from './oracle.ts'
import { startProcess } from './process.ts'
import { openScreen, type Screen, type ScreenCounts } from './screens.ts'
import { createSenders } from './senders.ts'
import { brokenWords, type Kind, type Limits, type Shape, shapeOf } from './shape.ts'
import { createServer } from './simulated-server.ts'
import { createStage } from './stage.ts'
import { createStorage } from './storage.ts'
import { createTransport } from './transport.ts'
import { must } from './violation.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const restWithinMs = 180_000
/** what is served is looked at every 2 s */
const servedWithinMs = 2100

/** What one schedule came to. */
export interface Told {
  shape: Shape
  digest: string
  happened: Record<Kind, number>
  counts: Record<string, number>
}

export interface RunOptions extends Limits {
  /** is given every line of the trace at the end, also of a schedule that fails */
  onTrace?(lines: readonly string[]): void
  /** is told of every call that a client or the hub makes to a screen; what it throws is a fault in there: to see that it is found */
  onCall?(callback: string): void
}

/** One seeded run: server, senders, screens and faults on one thread; throws a `Violation` where a promise breaks. */
export const runSchedule = async (seed: number, options: RunOptions = {}): Promise<Told> => {
  const shape = shapeOf(seed, options)
  const stage = createStage(shape, options.onTrace !== undefined, options.onCall)
  const { world, trace } = stage
  const { clock } = world
  const storage = createStorage(stage)
  const { disk } = storage
  const book = createBook(disk)
  const server = createServer(stage, storage)
  const senders = createSenders(stage, server, book.seqOf)
  const transport = createTransport(stage, server, book)
  const chance = stage.chance('schedule')
  /** whoever starts the server again */
  const house = startProcess(world)
  const counted: ScreenCounts = {
    snapshots: 0,
    resumed: 0,
    reconnects: 0,
    lost: 0,
    events: 0,
    checker: 0,
  }
  const screens: Screen[] = []
  let opened = 0
  const open = (n: number): void => {
    opened += 1
    const audience = shape.screens[n]!
    screens[n] = openScreen({ stage, transport, book, name: `s${opened}`, audience, counted })
  }
  const check = (): void => {
    server.check()
    const headSeq = server.core?.projection.seq ?? null
    for (const screen of screens) screen.check(headSeq)
  }

  const troubleScreens = (): void => {
    for (const [n, { name, port, page }] of screens.entries()) {
      if (stage.strikes('cut', name)) port.cut()
      if (stage.strikes('halfOpen', name)) port.silence()
      if (stage.strikes('outage', name)) port.outage(chance.exponential(10_000))
      if (stage.strikes('freeze', name)) page.freeze(chance.exponential(6000))
      if (stage.strikes('reload', name)) {
        screens[n]!.stop()
        open(n)
      }
    }
  }
  const backAfter = (downMs: number): void =>
    void house.world.clock.after(downMs, () => void server.start().catch(stage.fail))

  const restoreOlder = async (isMachine: boolean): Promise<void> => {
    server.kill()
    // what the dead process had begun is over before anybody touches its disk
    await stage.pass(0)
    book.turnPage()
    storage.restoreOlder(isMachine)
    senders.forgetAllBut(new Set(disk.rows.map(({ id }) => id)))
  }
  const troubleServer = async (): Promise<void> => {
    storage.step()
    if (stage.strikes('clockStep'))
      world.stepClock(chance.pick([1000, hourMs, dayMs, 40 * dayMs]) * 2 * (chance.next() - 0.5))
    if (!server.core) return
    if (stage.strikes('checkpoint')) server.core.projection.checkpoint().catch(() => {})
    if (stage.strikes('putBack')) await restoreOlder(true)
    else if (stage.strikes('stop')) await server.stop()
    else if (stage.strikes('kill')) clock.after(chance.next() * shape.stepMs, server.kill)
    else if (stage.strikes('epochFlip')) await restoreOlder(false)
    else if (stage.strikes('daysPass')) {
      // a power cut over the weekend: nothing runs, and everything wakes
      server.kill()
      const forMs = chance.next() * 40 * dayMs
      for (const { freeze } of [house, senders, ...screens.map(({ page }) => page)]) freeze(forMs)
      await stage.pass(forMs)
    }
  }

  /** Until nothing is on its way any more. */
  const rest = async (): Promise<void> => {
    stage.isCalm = true
    disk.fault = null
    let head = -1
    let stillSinceMs = 0
    for (let restedMs = 0; ; ) {
      const stepMs = 500
      await stage.pass(stepMs)
      restedMs += stepMs
      if (!server.core) await server.start()
      check()
      const now = clock.now()
      const isStill = head === disk.rows.length && toMinute(now) === toMinute(now - stepMs)
      if (!isStill) stillSinceMs = restedMs
      head = disk.rows.length
      const isThere = screens.every(
        ({ link, seq, page, port }) =>
          !page.isFrozen &&
          port.troubledUntilMs < Number.POSITIVE_INFINITY &&
          link?.state === 'live' &&
          seq === head &&
          link.recording,
      )
      // what is served may have been computed just before the line was well again
      if (!isThere) stillSinceMs = restedMs
      const isServed = restedMs - stillSinceMs > servedWithinMs + 4 * shape.latencyMs
      const isQuiet = screens.every(({ port }) => clock.monotonic() >= port.troubledUntilMs)
      const isAtRest = isThere && isServed && isQuiet && senders.isIdle
      if (isAtRest) break
      must(restedMs < restWithinMs, 'everything comes to rest', () => ({
        isIdle: senders.isIdle,
        head,
        screens: screens.map(({ name, link, seq }) => ({ name, seq, link })),
      }))
    }
    checkRest({ disk, core: server.core!, book, senders, screens, now: clock.now() })
    stage.isCalm = false
  }

  try {
    await server.start()
    for (const n of shape.screens.keys()) open(n)
    for (let step = 0; step < shape.steps; step++) {
      senders.step()
      await stage.pass(chance.next() * 2 * shape.stepMs)
      check()
      troubleScreens()
      await troubleServer()
      if (!server.core && chance.chance(0.5)) backAfter(chance.exponential(1000))
      if (chance.chance(0.02)) await rest()
    }
    await rest()
    for (const screen of screens) screen.stop()
    const keepsWord = brokenWords.every((kind) => shape.rates[kind] === 0)
    must(
      !keepsWord || counted.checker === 0,
      'no checker counts on a transport that keeps its word',
      () => counted,
    )
    await server.stop()
    await stage.pass(0)
  } catch (fault) {
    // what went wrong first may have been caught on its way, and have led to this
    throw stage.fault ?? fault
  } finally {
    options.onTrace?.(trace.lines)
  }
  return {
    shape,
    digest: trace.digest(),
    happened: stage.happened,
    counts: {
      ...counted,
      ...senders.counted,
      ...storage.counted,
      ...server.counted,
      rows: disk.rows.length,
      journals: book.page + 1,
      simulatedMs: clock.monotonic(),
    },
  }
}
