import type { Fault } from '#protocol/feed.ts'

/** `lost`: no frame for 10 s, or no socket. `catching-up`: joined, and not yet at the head it joined at. */
export type LinkState = 'connecting' | 'catching-up' | 'live' | 'lost'

/** What a screen knows of its link to the server. */
export interface Link {
  state: LinkState
  epoch: string | null
  /** the last seq that is folded here; 0 before the first snapshot */
  seq: number
  /** false: the server says that nothing is being kept */
  recording: boolean
  faults: Fault[]
  /** the server's last word for this screen: why it was refused or sent away */
  bye: { code: number; reason: string } | null
  /** when the link was lost, by the server's clock, ms */
  lostSinceMs: number | null
  /** the standing checker: seq missed, seen twice, out of order; all 0 unless something is broken */
  gap: number
  dup: number
  reorder: number
  reconnects: number
}
