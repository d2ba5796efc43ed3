import type { Bench } from './bench.ts'
import { fanOut } from './fan-out/fan-out.ts'

/** Every bench, in the order of the table. */
export const benches: readonly Bench[] = [fanOut]
