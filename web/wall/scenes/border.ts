import type { Scene } from './scene.ts'

/** The border from end to end: which segments were patrolled, who is out there, what the cells along it report. */
export const border: Scene = {
  map: { fit: 'prefecture' },
  layers: ['patrols', 'units', 'incidents', 'grid-cells'],
  places: {
    compact: {
      left: ['patrols.forces', 'patrols.segments'],
      right: ['incidents.queue'],
    },
    wide: {
      left: ['patrols.forces', 'grid-cells.cells', 'incidents.intervals'],
      second: ['patrols.segments'],
      fifth: ['grid-cells.worst'],
      right: ['incidents.queue'],
    },
    vast: {
      left: ['patrols.forces', 'incidents.intervals', 'alarms.load'],
      second: ['patrols.segments'],
      fourth: ['grid-cells.cells', 'grid-cells.levels'],
      fifth: ['grid-cells.worst'],
      right: ['incidents.queue'],
    },
    portrait: {
      right: ['incidents.queue'],
      band: ['patrols.forces', 'patrols.segments'],
    },
  },
}
