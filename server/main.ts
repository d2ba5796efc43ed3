import type { Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { definitions, topics } from '#topics/index.ts'
import { assemble } from './assemble.ts'
import { createHandshake } from './feed/handshake.ts'
import { listenForSockets } from './feed/sockets.ts'
import { createApp } from './http/app.ts'
import { JournalBroken, JournalLocked } from './journal/journal.ts'
import { openSqliteJournal } from './journal/sqlite.ts'
import { startMock } from './mock-child.ts'
import { realWorld } from './real-world.ts'
import { readSettings, SettingsWrong, tokenCheck } from './settings.ts'

/** A drain that takes longer than this is cut short, ms: whatever was acknowledged is durable anyway. */
const drainWithinMs = 10_000

const run = async (): Promise<void> => {
  const settings = readSettings(process.env)
  const { port, host, folder, origins, hosts, simulatedSources } = settings
  const { clock } = realWorld
  const tracks = { folder: join(folder, 'tracks'), days: settings.tracksDays }
  const journal = await openSqliteJournal(folder, realWorld)
  const core = await assemble({
    world: realWorld,
    journal,
    topics,
    definitions,
    simulatedSources,
    tracks,
  })
  const isToken = tokenCheck(settings.token)
  const wallFolder = fileURLToPath(new URL('../dist', import.meta.url))
  const app = createApp({ clock, core, topics, isToken, hosts, wallFolder })

  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  let stopMock: (() => void) | null = null
  const server = serve({ fetch: app.fetch, port, hostname: host }, () => {
    if (settings.newTokenFile) {
      console.log(
        `The ingest token is ${settings.token} (kept in ${settings.newTokenFile}; shown this once)`,
      )
    }
    console.log(
      `Wanglou watches at ${url} (journal ${journal.epoch.slice(0, 8)}, seq ${journal.head})`,
    )
    if (settings.runsMock) stopMock = startMock(url, settings.token)
  }) as Server
  server.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EADDRINUSE') throw fault
    stop(`Port ${port} of ${host} is taken: stop what listens there, or set WANGLOU_PORT`)
  })
  listenForSockets(server, {
    clock,
    hub: core.hub,
    handshake: createHandshake({ clock, origins, isToken }),
  })

  const drain = async (): Promise<void> => {
    setTimeout(() => process.exit(0), drainWithinMs).unref()
    stopMock?.()
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    await core.close()
    server.closeAllConnections()
    await closed
    process.exit(0)
  }
  let isDraining = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isDraining) return
      isDraining = true
      void drain()
    })
  }
}

const stop = (sentence: string): never => {
  console.error(sentence)
  process.exit(1)
}

run().catch((fault: unknown) => {
  if (fault instanceof SettingsWrong || fault instanceof JournalLocked) return stop(fault.message)
  if (fault instanceof JournalBroken) {
    return stop(
      `The journal does not verify, so it is not served: ${fault.message}. Restore a backup, or move it away`,
    )
  }
  throw fault
})
