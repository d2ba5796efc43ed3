import type { Scene } from './scene.ts'

/** The cells: how they stand, the worst of them by name, what went up to which level. */
export const grid: Scene = {
  map: { fit: 'prefecture' },
  layers: ['grid-cells', 'incidents'],
  places: {
    compact: {
      left: ['grid-cells.cells', 'grid-cells.worst'],
      band: ['grid-cells.levels'],
      right: ['incidents.queue'],
    },
    wide: {
      left: ['grid-cells.cells', 'grid-cells.levels', 'alarms.load'],
      second: ['grid-cells.worst'],
      fifth: ['incidents.calls', 'incidents.intervals', 'patrols.forces'],
      right: ['incidents.queue'],
    },
    vast: {
      left: ['grid-cells.cells', 'grid-cells.levels', 'alarms.load'],
      second: ['grid-cells.worst'],
      fourth: ['incidents.intervals', 'patrols.forces'],
      fifth: ['incidents.calls', 'feed-health.sources'],
      right: ['incidents.queue'],
    },
    portrait: {
      right: ['incidents.queue'],
      band: ['grid-cells.cells', 'grid-cells.worst'],
    },
  },
}
