import type { Bench } from './bench.ts'
import { fanOut } from './fan-out/fan-out.ts'
import { growth } from './growth/growth.ts'
import { ingest } from './ingest/ingest.ts'
import { latency } from './latency/latency.ts'
import { start } from './start/start.ts'
import { trackCast } from './track-cast/track-cast.ts'
import { tracksBytes } from './tracks/bytes.ts'
import { tracksPage } from './tracks/page.ts'

/** Every bench, in the order of the table. */
export const benches: readonly Bench[] = [
  fanOut,
  ingest,
  tracksBytes,
  trackCast,
  tracksPage,
  latency,
  start,
  growth,
]
