import { assemble, type Core } from '#server/assemble.ts'
import { openMemoryJournal } from '#server/journal/memory.ts'
import { type Log, quiet } from '#server/world.ts'
import { definitions, topics } from '#topics/index.ts'
import { type Process, startProcess } from './process.ts'
import type { Stage } from './stage.ts'
import type { Storage } from './storage.ts'
import { must } from './violation.ts'

/** The real core, started and ended as machines do it. */
export interface SimulatedServer {
  /** null while it is down */
  readonly core: Core | null
  /** over all its starts */
  readonly counted: { starts: number; slowEvictions: number; snapshotsBuilt: number }
  start(): Promise<void>
  /** At once, in whatever it was doing; it comes back after a while, and so do all lines. */
  kill(): void
  /** What must be so of it at all times. */
  check(): void
  /** As a service manager does it: with a word, and time to finish. */
  stop(): Promise<void>
  /** What everybody who was connected has to know of its end. */
  onEnd(listener: () => void): void
}

/** of 20 ms and more: longer than any commit of a disk that is well */
const stopPasses = 1000

export const createServer = (stage: Stage, storage: Storage): SimulatedServer => {
  const { shape, world, trace } = stage
  const chance = stage.chance('server')
  const listeners: (() => void)[] = []
  let process: Process | null = null
  let core: Core | null = null
  const counted = { starts: 0, slowEvictions: 0, snapshotsBuilt: 0 }
  /** the last error in its log */
  let said = ''
  /** between two states: its folder is locked */
  let isBusy = false

  /** No screen here sends what the feed may fail on. */
  const checkFeed = ({ hub }: Core): void => {
    const faults = hub.faults()
    const isWell = hub.counted.failures === 0 && faults.length === 0
    must(isWell, "the feed fails on no screen's message", () => ({ said, faults }))
  }
  const end = (ended: Core): void => {
    counted.slowEvictions += ended.hub.counted.slowEvictions
    counted.snapshotsBuilt += ended.hub.counted.snapshotsBuilt
    checkFeed(ended)
    core = null
    process?.kill()
    process = null
    storage.crashed()
    for (const listener of listeners) listener()
  }
  const kill = (): void => {
    if (!core) return
    trace.note('server killed')
    end(core)
  }
  const server: SimulatedServer = {
    get core() {
      return core
    },
    counted,
    async start() {
      if (core || isBusy) return
      isBusy = true
      const error: Log['error'] = (sentence, fields) => {
        said = `${sentence} ${JSON.stringify(fields)}`
        trace.note(`the server says: ${said}`)
      }
      const own = startProcess({ ...world, log: { ...quiet, error } })
      process = own
      storage.openedBy(own.world.clock, kill)
      core = await assemble({
        world: own.world,
        journal: openMemoryJournal(storage.disk, own.world),
        topics,
        definitions,
        simulatedSources: new Set(['made-up']),
        allowance: shape.allowance,
        resumeLimit: shape.resumeLimit,
      })
      isBusy = false
      counted.starts += 1
      trace.note(`server started: epoch ${core.journal.epoch} head ${core.journal.head}`)
    },
    kill,
    check: () => core && checkFeed(core),
    async stop() {
      const stopping = core
      if (!stopping) return
      trace.note('server stops')
      const isDiskWell = storage.disk.fault === null
      let ended: 'under way' | 'well' | string = 'under way'
      stopping.close().then(
        () => {
          ended = 'well'
        },
        (fault: unknown) => {
          ended = String(fault)
        },
      )
      // whoever comes now finds the door shut
      core = null
      isBusy = true
      for (let waited = 0; ended === 'under way' && waited < stopPasses; waited++)
        await world.pass(20 + chance.next())
      must(
        !isDiskWell || ended === 'well',
        'a server on a disk that is well ends when told',
        () => ended,
      )
      isBusy = false
      end(stopping)
    },
    onEnd(listener) {
      listeners.push(listener)
    },
  }
  return server
}
