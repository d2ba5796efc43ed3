import type { Fault } from '#protocol/feed.ts'

/** The public doors, by the last part of their address. */
export const doorNames = ['events', 'tracks', 'alive'] as const
export type DoorName = (typeof doorNames)[number]

/** A line as a door refused it. */
export interface Refused {
  door: DoorName
  /** null: it did not say whom it is from, or cannot be quoted */
  source: string | null
  /** 1-based, in its sending */
  line: number
  id: string | null
  field: string | null
  reason: string
  isBackfill: boolean
  isSimulated: boolean
  /** as it came; masked before it is written */
  bytes: Uint8Array
  /** number patterns that its source has declared */
  numberPatterns: readonly string[]
}

/** A line that is kept until it is mended or discarded. */
export interface KeptLine {
  /** its number, never used again */
  n: number
  /** ms */
  receivedAt: number
  door: DoorName
  source: string | null
  line: number
  id: string | null
  field: string | null
  reason: string
  isBackfill: boolean
  isSimulated: boolean
  text: string
  /** numbers of persons or vehicles were masked in `text`: it is not quite what came */
  masked: boolean
  /** it was longer than is kept: sent again as it is, it is refused */
  cut: boolean
}

/** Which kept lines are meant. */
export interface Selection {
  source?: string
  door?: DoorName
}
/** How many are kept for one reason. */
export interface ReasonCount {
  door: DoorName
  source: string | null
  field: string | null
  reason: string
  count: number
}

export interface QuarantineBounds {
  linesPerDoor: number
  /** of all texts together */
  bytesInAll: number
  days: number
}

export interface QuarantineStats {
  /** kept now */
  lines: number
  bytes: number
  /** since the server's start: taken in, let go for newer ones, never kept, sent again and taken, thrown away */
  kept: number
  evicted: number
  notKept: number
  resent: number
  discarded: number
}

/** Refused lines, kept until somebody mends them. Never in the way of a door. */
export interface Quarantine {
  /** Resolves with how many are kept, soon in any case; never rejects. */
  keep(lines: readonly Refused[]): Promise<number>
  /** The newest first, or from `from` on upwards. */
  list(selection: Selection, limit: number, from?: number): Promise<KeptLine[]>
  /** How many are kept for which reason, the most frequent first. */
  reasons(selection: Selection): Promise<ReasonCount[]>
  pick(ns: readonly number[]): Promise<KeptLine[]>
  /** After lines were sent again: some were taken, others stay for a new reason. */
  settle(
    taken: readonly number[],
    refused: readonly { n: number; field: string | null; reason: string }[],
  ): Promise<void>
  /** Resolves with how many there were. */
  discard(ns: readonly number[]): Promise<number>
  stats(): QuarantineStats
  readonly fault: Fault | null
  close(): Promise<void>
}

/** The quarantine cannot be read or changed now. */
export class QuarantineUnavailable extends Error {
  override name = 'QuarantineUnavailable'
}

const nothing: QuarantineStats = {
  lines: 0,
  bytes: 0,
  kept: 0,
  evicted: 0,
  notKept: 0,
  resent: 0,
  discarded: 0,
}

/** For simulations, which look at nothing that was refused: it keeps none. */
export const noQuarantine: Quarantine = {
  keep: async () => 0,
  list: async () => [],
  reasons: async () => [],
  pick: async () => [],
  settle: async () => {},
  discard: async () => 0,
  stats: () => nothing,
  fault: null,
  close: async () => {},
}
