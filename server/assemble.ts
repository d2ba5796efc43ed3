import type { CommandDefinitions } from '#protocol/command.ts'
import type { EventDefinitions } from '#protocol/definition.ts'
import type { Fault } from '#protocol/feed.ts'
import type { Standing } from '#protocol/source.ts'
import type { Topic } from '#protocol/topic.ts'
import { createCommands } from './command/commands.ts'
import { logFaults } from './fault-log.ts'
import { createFeedEpoch } from './feed/feed-epoch.ts'
import { createHub } from './feed/hub.ts'
import { createScreens } from './feed/screens.ts'
import type { Allowance } from './feed/session.ts'
import type { Stages } from './http/options.ts'
import type { Alive } from './ingest/check-alive.ts'
import { createIngest } from './ingest/ingest.ts'
import { createSources } from './ingest/sources.ts'
import type { Journal } from './journal/journal.ts'
import { watchPace } from './journal/pace.ts'
import { watchFolder } from './journal/watch.ts'
import { type Projection, startProjection } from './projection/projection.ts'
import { noQuarantine, type Quarantine } from './quarantine/quarantine.ts'
import { startReactor } from './reaction/reactor.ts'
import { createLane } from './tracks/lane.ts'
import { startRecorder } from './tracks/recorder.ts'
import type { World } from './world.ts'

/** The server's core: everything but sockets, HTTP and the disk, which come from outside. */
export interface Core extends Stages {
  /** Flushes what is under way, saves a checkpoint and closes the journal. */
  close(): Promise<void>
}

export interface CoreOptions {
  world: World
  journal: Journal
  topics: readonly Topic[]
  /** topics that are folded here and on no screen: what they notice is told by their events */
  watches?: readonly Topic[]
  definitions: EventDefinitions
  commands?: CommandDefinitions
  simulatedSources: ReadonlySet<string>
  /** what the centre declares of its sources by configuration */
  declared?: readonly Alive[]
  allowance?: Allowance
  /** how many missed events are sent rather than a snapshot */
  resumeLimit?: number
  /** without it no refused line is kept */
  quarantine?: Quarantine
  /** where positions are recorded, and for how long; without it they are not */
  tracks?: { folder: string; days: number }
  /** the journal's own folder, which is then looked after; without it there is none */
  kept?: { folder: string; scrubHours: number }
}

/** How sources stand, by whichever topic looks after them. */
const standingsOf = (
  topics: readonly Topic[],
  { states }: Projection,
): ReadonlyMap<string, Standing> =>
  new Map(topics.flatMap(({ name, sources }) => Array.from(sources?.(states.get(name)) ?? [])))

/** Joins the stages in the order of the flow: ingest → journal → projection → feed. */
export const assemble = async (options: CoreOptions): Promise<Core> => {
  const { journal, topics, definitions, simulatedSources } = options
  const { clock, log } = options.world
  const folded = [...topics, ...(options.watches ?? [])]
  const projection = await startProjection({ clock, log, journal, topics: folded, definitions })
  const sources = createSources(clock, () => standingsOf(topics, projection))
  for (const { source, declared } of options.declared ?? []) sources.declare(source, declared)
  const ingest = createIngest({ clock, journal, definitions, simulatedSources, sources })
  const lane = createLane(clock)
  const recorder = options.tracks && startRecorder({ clock, lane, ...options.tracks })
  const screens = createScreens(clock)
  const pace = watchPace(clock, journal)
  const watch = options.kept && (await watchFolder({ clock, log, journal, ...options.kept }))
  const quarantine = options.quarantine ?? noQuarantine
  let unavailableSince: number | null = null

  const condition = (): { recording: boolean; faults: Fault[] } => {
    const faults = [
      ...projection.faults.values(),
      ...reactor.faults.values(),
      ...screens.faults(),
      ...hub.faults(),
    ]
    if (recorder?.fault) faults.push(recorder.fault)
    if (pace.fault) faults.push(pace.fault)
    faults.push(...(watch?.faults() ?? []))
    if (quarantine.fault) faults.push(quarantine.fault)
    if (sources.fault) faults.push(sources.fault)
    if (journal.unavailable === null) {
      unavailableSince = null
      return { recording: true, faults }
    }
    unavailableSince ??= clock.now()
    faults.push({
      id: 'journal',
      severity: 'error',
      message: `Not recording: ${journal.unavailable}`,
      tip: 'Senders are told to come back. Look at the disk of the data folder; recording goes on by itself.',
      since: unavailableSince,
    })
    return { recording: false, faults }
  }

  const reactor = startReactor({
    clock,
    journal,
    projection,
    lane,
    door: sources.door,
    frozen: screens.frozen,
    topics: folded,
    definitions,
  })
  const commands = createCommands({
    clock,
    journal,
    projection,
    topics,
    definitions,
    commands: options.commands ?? {},
  })
  const allFaults = (): Fault[] => [
    ...condition().faults,
    ...topics.flatMap(({ name, faults }) => faults?.(projection.states.get(name)) ?? []),
  ]
  const stopFaultLog = logFaults(clock, log, allFaults)
  const hub = createHub({
    clock,
    log,
    epoch: createFeedEpoch(journal),
    projection,
    lane,
    topics,
    definitions,
    condition,
    screens,
    turns: journal.turns,
    ...(options.allowance && { allowance: options.allowance }),
    ...(options.resumeLimit && { resumeLimit: options.resumeLimit }),
  })
  return {
    journal,
    ingest,
    sources,
    projection,
    hub,
    commands,
    lane,
    screens,
    watch: watch ?? null,
    faults: allFaults,
    standings: () => standingsOf(topics, projection),
    quarantine,
    async close() {
      stopFaultLog()
      hub.close()
      reactor.stop()
      lane.stop()
      projection.stop()
      await recorder?.close()
      await watch?.stop()
      await quarantine.close()
      if (journal.unavailable === null) await projection.checkpoint()
      await journal.close()
    },
  }
}
