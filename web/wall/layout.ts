/**
 * The places of the wall. `left`, `second`: columns left of the map · `third`: right of it, before the last ·
 * `band`: under the map · `alarm`, `right`, `below`: the last column, the kept place for a level-1 incident on top.
 */
export const areas = ['left', 'second', 'third', 'band', 'alarm', 'right', 'below'] as const
export type Area = (typeof areas)[number]

/** `compact`: a single screen · `wide`: a wall of several · `portrait`: higher than wide. */
export type Format = 'compact' | 'wide' | 'portrait'

/** What stands where, from top to bottom. What does not fit whole is left out, so the order is one of weight. */
export const layouts: Record<Format, Partial<Record<Area, readonly string[]>>> = {
  compact: {
    left: ['incidents.calls', 'incidents.intervals', 'anti-fraud.funds'],
    band: ['patrols.forces', 'grid-cells.cells'],
    alarm: ['incidents.alarm'],
    right: ['incidents.queue'],
    below: ['anti-fraud.measures'],
  },
  wide: {
    left: ['incidents.calls', 'incidents.intervals', 'feed-health.sources'],
    second: ['anti-fraud.measures', 'anti-fraud.funds', 'anti-fraud.types'],
    third: ['patrols.forces', 'grid-cells.cells', 'grid-cells.levels'],
    alarm: ['incidents.alarm'],
    right: ['incidents.queue'],
  },
  portrait: {
    alarm: ['incidents.alarm'],
    right: ['incidents.queue'],
    band: ['incidents.calls', 'patrols.forces', 'anti-fraud.measures', 'grid-cells.cells'],
  },
}
