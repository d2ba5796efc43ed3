import type { Scene } from './scene.ts'

/** Everything at a glance: what is going on, who is out, where help is needed. */
export const overview: Scene = {
  map: { fit: 'prefecture' },
  layers: null,
  places: {
    compact: {
      left: ['incidents.calls', 'patrols.forces'],
      band: ['grid-cells.cells', 'anti-fraud.measures'],
      right: ['incidents.queue'],
    },
    wide: {
      left: ['incidents.calls', 'incidents.intervals', 'feed-health.sources'],
      second: ['anti-fraud.measures', 'anti-fraud.funds', 'anti-fraud.types'],
      fifth: ['patrols.forces', 'grid-cells.cells', 'grid-cells.levels'],
      right: ['incidents.queue'],
    },
    vast: {
      left: ['incidents.calls', 'alarms.load', 'feed-health.sources'],
      second: ['incidents.intervals', 'anti-fraud.types'],
      third: ['anti-fraud.measures', 'anti-fraud.funds'],
      fourth: ['patrols.forces', 'patrols.segments'],
      fifth: ['grid-cells.cells', 'grid-cells.levels', 'grid-cells.worst'],
      right: ['incidents.queue'],
    },
    portrait: {
      right: ['incidents.queue'],
      band: ['incidents.calls', 'patrols.forces', 'anti-fraud.measures', 'grid-cells.cells'],
    },
  },
}
