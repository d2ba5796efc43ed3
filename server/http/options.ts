import type { Fault } from '#protocol/feed.ts'
import type { Standing } from '#protocol/source.ts'
import type { Topic } from '#protocol/topic.ts'
import type { Commands } from '../command/commands.ts'
import type { Hub } from '../feed/hub.ts'
import type { Screens } from '../feed/screens.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { Sources } from '../ingest/sources.ts'
import type { Journal } from '../journal/journal.ts'
import type { FolderWatch } from '../journal/watch.ts'
import type { Projection } from '../projection/projection.ts'
import type { Quarantine } from '../quarantine/quarantine.ts'
import type { Lane } from '../tracks/lane.ts'
import type { Clock, Log } from '../world.ts'
import type { OwnMap } from './own-map.ts'

/** The stages that a request may reach. */
export interface Stages {
  journal: Journal
  ingest: Ingest
  sources: Sources
  projection: Projection
  hub: Hub
  commands: Commands
  lane: Lane
  screens: Screens
  quarantine: Quarantine
  /** null where the journal has no folder */
  watch: FolderWatch | null
  /** everything that is wrong now: the server's own faults, and what the topics notice */
  faults(): Fault[]
  /** how sources stand */
  standings(): ReadonlyMap<string, Standing>
}

/** What is measured, for Prometheus. */
export interface Metrics {
  contentType: string
  text(): Promise<string>
  /** A handshake of the feed was answered. */
  shookHands(status: number): void
  /** A request failed in the server itself. */
  failed(): void
}

export interface AppOptions {
  clock: Clock
  log: Log
  metrics: Metrics
  core: Stages
  topics: readonly Topic[]
  isToken(authorization: string | undefined): boolean
  /** names that a request may be addressed to: a page elsewhere cannot reach in by a name of its own */
  hosts: readonly string[]
  /** what the deployment lays over the built-in map */
  ownMap?: OwnMap
  /** the built wall, absolute */
  wallFolder: string
}
