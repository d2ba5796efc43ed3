import type { Bench } from './bench.ts'
import { fanOut } from './fan-out/fan-out.ts'
import { ingest } from './ingest/ingest.ts'

/** Every bench, in the order of the table. */
export const benches: readonly Bench[] = [
  fanOut,
  ingest,
]
