import type { Topic } from '#protocol/topic.ts'
import type { Hub } from '../feed/hub.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { Sources } from '../ingest/sources.ts'
import type { Journal } from '../journal/journal.ts'
import type { Projection } from '../projection/projection.ts'
import type { Lane } from '../tracks/lane.ts'
import type { Clock } from '../world.ts'

/** The stages that a request may reach. */
export interface Stages {
  journal: Journal
  ingest: Ingest
  sources: Sources
  projection: Projection
  hub: Hub
  lane: Lane
}

export interface AppOptions {
  clock: Clock
  core: Stages
  topics: readonly Topic[]
  isToken(authorization: string | undefined): boolean
  /** names that a request may be addressed to: a page elsewhere cannot reach in by a name of its own */
  hosts: readonly string[]
  /** the built wall, absolute */
  wallFolder: string
}
