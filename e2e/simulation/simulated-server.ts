import { assemble, type Core } from '#server/assemble.ts'
import { openMemoryJournal } from '#server/journal/memory.ts'
import { definitions, topics } from '#topics/index.ts'
import { type Process, startProcess } from './process.ts'
import type { Stage } from './stage.ts'
import type { Storage } from './storage.ts'

/** The real core, started and ended as machines do it. */
export interface SimulatedServer {
  /** null while it is down */
  readonly core: Core | null
  /** over all its starts */
  readonly counted: { starts: number; slowEvictions: number; snapshotsBuilt: number }
  start(): Promise<void>
  /** At once, in whatever it was doing; it comes back after a while, and so do all lines. */
  kill(): void
  /** As a service manager does it: with a word, and time to finish. */
  stop(): Promise<void>
  /** What everybody who was connected has to know of its end. */
  onEnd(listener: () => void): void
}

export const createServer = (stage: Stage, storage: Storage): SimulatedServer => {
  const { shape, world, trace } = stage
  const chance = stage.chance('server')
  const listeners: (() => void)[] = []
  let process: Process | null = null
  let core: Core | null = null
  const counted = { starts: 0, slowEvictions: 0, snapshotsBuilt: 0 }
  /** between two states: its folder is locked */
  let isBusy = false

  const end = (ended: Core): void => {
    counted.slowEvictions += ended.hub.counted.slowEvictions
    counted.snapshotsBuilt += ended.hub.counted.snapshotsBuilt
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
      const own = startProcess(world)
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
    async stop() {
      const stopping = core
      if (!stopping) return
      trace.note('server stops')
      let isDone = false
      const closing = stopping.close().then(
        () => {
          isDone = true
        },
        () => {
          isDone = true
        },
      )
      // whoever comes now finds the door shut
      core = null
      isBusy = true
      for (let waited = 0; !isDone && waited < 100; waited++) await world.pass(20 + chance.next())
      await Promise.race([closing, null])
      isBusy = false
      end(stopping)
    },
    onEnd(listener) {
      listeners.push(listener)
    },
  }
  return server
}
