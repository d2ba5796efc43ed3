import type { Alarms } from './alarm.ts'
import type { Facts } from './facts.ts'

/** What is looked at, and what was made of it so far. */
export interface Watch {
  facts: Facts
  alarms: Alarms
  /** alarms of the last days and when they were raised, ms, over or not */
  raised: Map<string, number>
}
