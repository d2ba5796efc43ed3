/** The places of the wall; `geometry.ts` says where they are at each shape of screen. */
export type Area = 'left' | 'alarm' | 'right'

/** What stands where, from top to bottom. A panel that is not named here stands last on the left. */
export const layout: Record<Area, readonly string[]> = {
  alarm: ['incidents.alarm'],
  right: ['incidents.queue'],
  left: ['incidents.calls', 'incidents.intervals'],
}
