import type { Scene } from './scene.ts'

/** Who is out, who is late, who is silent, and how long help takes to come. */
export const forces: Scene = {
  map: { fit: 'prefecture' },
  layers: ['units', 'incidents'],
  places: {
    compact: {
      left: ['patrols.forces', 'incidents.intervals'],
      right: ['incidents.queue'],
    },
    wide: {
      left: ['patrols.forces', 'incidents.intervals', 'alarms.load'],
      second: ['patrols.segments'],
      fifth: ['incidents.calls', 'grid-cells.cells', 'feed-health.sources'],
      right: ['incidents.queue'],
    },
    vast: {
      left: ['patrols.forces', 'incidents.intervals'],
      second: ['patrols.segments'],
      fourth: ['incidents.calls', 'alarms.load'],
      fifth: ['grid-cells.cells', 'feed-health.sources'],
      right: ['incidents.queue'],
    },
    portrait: {
      right: ['incidents.queue'],
      band: ['patrols.forces', 'incidents.intervals'],
    },
  },
}
