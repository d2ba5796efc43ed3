import type { Bench } from './bench.ts'
import { fanOut } from './fan-out/fan-out.ts'
import { ingest } from './ingest/ingest.ts'
import { tracksBytes } from './tracks/bytes.ts'
import { tracksPage } from './tracks/page.ts'

/** Every bench, in the order of the table. */
export const benches: readonly Bench[] = [fanOut, ingest, tracksBytes, tracksPage]
