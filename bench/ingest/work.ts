/** What is to be kept, in how many batches; ours and the peer's are given the same. */
export interface Work {
  /** measured, after as many again that only warm up */
  batches: number
  eventsPerBatch: number
  /** batches under way at a time; the peer has one */
  senders: number
}

/** What one side needed for it. */
export interface Spent {
  eventsPerSecond: number
  p99Ms: number
  /** of every thread of the process that keeps the events */
  cpuMicrosPerEvent: number
}

/** Batches that are sent before it counts: a share of all, and two at least. */
export const warmUpOf = ({ batches }: Work): number => Math.max(2, Math.ceil(batches / 10))
