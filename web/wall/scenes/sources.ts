import type { Scene } from './scene.ts'

/** Whether the wall can be believed: who sends, who is late, who is silent, and how heavy the alarms are. */
export const sources: Scene = {
  map: { fit: 'prefecture' },
  layers: ['incidents', 'units'],
  places: {
    compact: {
      left: ['alarms.load', 'alarms.list'],
      band: ['feed-health.sources'],
      right: ['incidents.queue'],
    },
    wide: {
      left: ['feed-health.sources'],
      second: ['alarms.load', 'incidents.intervals', 'patrols.forces'],
      fifth: ['incidents.calls', 'alarms.list'],
      right: ['incidents.queue'],
    },
    vast: {
      left: ['feed-health.sources'],
      second: ['alarms.load', 'incidents.intervals'],
      fourth: ['anti-fraud.measures', 'alarms.list'],
      fifth: ['incidents.calls', 'patrols.forces'],
      right: ['incidents.queue'],
    },
    portrait: {
      right: ['incidents.queue'],
      band: ['feed-health.sources'],
    },
  },
}
