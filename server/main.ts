import type { Server, ServerOptions } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { commands, definitions, topics, watches } from '#topics/index.ts'
import { assemble } from './assemble.ts'
import { type Closing, closeAll } from './drain.ts'
import { createHandshake } from './feed/handshake.ts'
import { listenForSockets, wantsSocket } from './feed/sockets.ts'
import { createApp } from './http/app.ts'
import { createMetrics } from './http/metrics.ts'
import { MapFileWrong, noOwnMap, readOwnMap } from './http/own-map.ts'
import { readSourceFile, SourceFileWrong } from './ingest/source-file.ts'
import { codeNamesOf } from './ingest/text-fields.ts'
import { ensureToken, TokenFileWrong, tokenCheck } from './ingest-token.ts'
import { JournalBroken, JournalLocked, JournalUnavailable } from './journal/journal.ts'
import { LockFailed } from './journal/lock.ts'
import { openSqliteJournal } from './journal/sqlite.ts'
import { listenFault } from './listen-fault.ts'
import { createLog, openStdout } from './log.ts'
import { startMock } from './mock-child.ts'
import { openQuarantine } from './quarantine/open-quarantine.ts'
import { callThread } from './quarantine/store-calls.ts'
import { realWorld } from './real-world.ts'
import { ensureFolder, readSettings, SettingsWrong } from './settings.ts'

/** A drain that takes longer than this is cut short, ms: whatever was acknowledged is durable anyway. */
const drainWithinMs = 10_000

const run = async (): Promise<void> => {
  const settings = readSettings(process.env)
  const { port, host, folder, origins, hosts, simulatedSources } = settings
  const log = createLog(settings.logLevel, openStdout())
  // SIGUSR1 is Node's own: it opens the inspector
  process.on('SIGUSR2', () => log.toggleDebug())
  const world = { ...realWorld, log }
  const { clock } = world
  const tracks = { folder: join(folder, 'tracks'), days: settings.tracksDays }
  ensureFolder(folder)
  const journal = await openSqliteJournal(folder, world)
  // the folder is this process's own from here on: nobody else makes a token, or has shown it
  const { token, madeIn } = settings.token
    ? { token: settings.token, madeIn: null }
    : ensureToken(folder)
  if (madeIn) log.info('A new ingest token is kept', { file: madeIn })
  const core = await assemble({
    world,
    journal,
    topics,
    watches,
    definitions,
    commands,
    simulatedSources,
    declared: settings.sourceFile === null ? [] : readSourceFile(settings.sourceFile),
    tracks,
    kept: { folder, scrubHours: settings.scrubHours },
    quarantine: openQuarantine(
      clock,
      callThread({
        path: join(folder, 'quarantine.sqlite'),
        bounds: settings.quarantine,
        codeNames: [
          'id',
          'unit',
          ...Object.values(definitions).flatMap(({ body }) => codeNamesOf(body)),
        ],
      }),
    ),
  })
  const isToken = tokenCheck(token)
  const wallFolder = fileURLToPath(new URL('../dist', import.meta.url))
  const metrics = createMetrics({ clock, core })
  const { mapFile } = settings
  const ownMap = mapFile === null ? noOwnMap : readOwnMap(mapFile, (line) => log.error(line))
  if (ownMap.cells)
    log.info('The own cells are drawn; what is counted is the list: npm run list-cells', {
      cells: ownMap.cells.length,
    })
  const app = createApp({ clock, log, metrics, core, topics, isToken, hosts, ownMap, wallFolder })

  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  // newer than the types: a client that would like HTTP/2 is answered as a plain request
  const serverOptions = { shouldUpgradeCallback: wantsSocket } as ServerOptions
  let stopMock: (() => void) | null = null
  const server = serve({ fetch: app.fetch, port, hostname: host, serverOptions }, () => {
    log.info(`Wanglou watches at ${url}`, { epoch: journal.epoch, seq: journal.head })
    if (settings.runsMock) stopMock = startMock(url, token, log)
  }) as Server
  server.on('error', (fault: NodeJS.ErrnoException) => {
    const sentence = listenFault(fault.code, host, port)
    if (sentence === null) throw fault
    stop(sentence)
  })
  const shake = createHandshake({ clock, origins, isToken })
  listenForSockets(server, {
    clock,
    hub: core.hub,
    handshake(request) {
      const verdict = shake(request)
      metrics.shookHands(verdict.status)
      return verdict
    },
  })

  const drain = async (): Promise<void> => {
    setTimeout(() => process.exit(), drainWithinMs).unref()
    let closed: Promise<void> | null = null
    let isCoreClosed = false
    const closings: Closing[] = [
      ['The simulated prefecture', () => stopMock?.()],
      [
        'The listener',
        () => {
          closed = new Promise<void>((resolve) => server.close(() => resolve()))
          server.closeIdleConnections()
        },
      ],
      ['The core', () => core.close().then(() => (isCoreClosed = true))],
      // the core closes it last, and may not have come so far
      ['The journal', () => isCoreClosed || journal.close()],
      [
        'The connections',
        () => {
          server.closeAllConnections()
          return closed
        },
      ],
    ]
    await closeAll(closings, (line) => {
      process.exitCode = 1
      log.error(line)
    })
    log.info('Stopped', { seq: journal.head })
    process.exit()
  }
  let isDraining = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isDraining) return
      isDraining = true
      log.info('Stopping', { signal })
      void drain()
    })
  }
}

const stop = (sentence: string): never => {
  console.error(sentence)
  process.exit(1)
}

run().catch((fault: unknown) => {
  if (
    [SettingsWrong, SourceFileWrong, MapFileWrong, TokenFileWrong, JournalLocked, LockFailed].some(
      (kind) => fault instanceof kind,
    )
  )
    return stop((fault as Error).message)
  if (fault instanceof JournalUnavailable) {
    return stop(
      `The journal cannot be opened: ${fault.message}. Look at the data folder and its disk`,
    )
  }
  if (fault instanceof JournalBroken) {
    return stop(
      `The journal does not verify, so it is not served: ${fault.message}. Restore a backup, or move it away`,
    )
  }
  throw fault
})
