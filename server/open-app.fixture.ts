import { commands, definitions, topics } from '#topics/index.ts'
import { assemble, type Core } from './assemble.ts'
import { createApp } from './http/app.ts'
import { createMetrics } from './http/metrics.ts'
import type { AppOptions } from './http/options.ts'
import { type MemoryDisk, newMemoryDisk, openMemoryJournal } from './journal/memory.ts'
import { openQuarantine } from './quarantine/open-quarantine.ts'
import { callMemory } from './quarantine/store-calls.ts'
import { realWorld } from './real-world.ts'
import { quiet } from './world.ts'

/** What opens the doors of the app that a test asks. */
export const token = 'Bearer right'

const bounds = { linesPerDoor: 1000, bytesInAll: 1e7, days: 30 }

export interface OpenApp {
  app: ReturnType<typeof createApp>
  core: Core
  disk: MemoryDisk
}

/** All that the app serves, on a disk in memory; whoever opens it closes the core. */
export const openApp = async (over: Partial<AppOptions> = {}): Promise<OpenApp> => {
  const disk = newMemoryDisk(realWorld)
  const core = await assemble({
    world: realWorld,
    journal: openMemoryJournal(disk, realWorld),
    topics,
    definitions,
    commands,
    simulatedSources: new Set(),
    quarantine: openQuarantine(realWorld.clock, callMemory(bounds, ['id', 'incident', 'unit'])),
  })
  const app = createApp({
    clock: realWorld.clock,
    log: quiet,
    metrics: createMetrics({ clock: realWorld.clock, core }),
    core,
    topics,
    isToken: (authorization) => authorization === token,
    hosts: ['localhost:8080'],
    wallFolder: '/nowhere',
    ...over,
  })
  return { app, core, disk }
}
