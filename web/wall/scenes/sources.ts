import type { Scene } from './scene.ts'

/** Whether the wall can be believed: who sends, who is late, who is silent, and how heavy the alarms are. */
export const sources: Scene = {
  map: { fit: 'prefecture' },
  layers: ['incidents', 'units'],
  places: {
    compact: {
      left: ['feed-health.sources'],
      band: ['alarms.load'],
      right: ['alarms.list'],
    },
    wide: {
      left: ['feed-health.sources'],
      second: ['alarms.load', 'incidents.intervals'],
      fifth: ['incidents.calls', 'patrols.forces'],
      right: ['alarms.list'],
    },
    vast: {
      left: ['feed-health.sources'],
      second: ['alarms.load', 'incidents.intervals'],
      fourth: ['anti-fraud.measures', 'anti-fraud.funds'],
      fifth: ['incidents.calls', 'patrols.forces'],
      right: ['alarms.list'],
    },
    portrait: {
      right: ['alarms.list'],
      band: ['feed-health.sources', 'alarms.load'],
    },
  },
}
