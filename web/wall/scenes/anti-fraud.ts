import type { Scene } from './scene.ts'

/** Telecom fraud: what was stopped today, the three sums apart, which kinds. */
export const antiFraud: Scene = {
  map: { fit: 'prefecture' },
  layers: ['anti-fraud', 'incidents'],
  places: {
    compact: {
      left: ['anti-fraud.measures', 'anti-fraud.funds'],
      band: ['anti-fraud.types'],
      right: ['incidents.queue'],
    },
    wide: {
      left: ['anti-fraud.measures', 'alarms.load', 'incidents.response'],
      second: ['anti-fraud.funds', 'anti-fraud.types'],
      fifth: ['incidents.calls', 'incidents.intervals', 'patrols.forces'],
      right: ['incidents.queue'],
    },
    vast: {
      left: ['anti-fraud.measures', 'alarms.load', 'incidents.response'],
      second: ['anti-fraud.funds', 'anti-fraud.types'],
      fourth: ['incidents.intervals', 'patrols.forces'],
      fifth: ['incidents.calls', 'feed-health.sources'],
      right: ['incidents.queue'],
    },
    portrait: {
      right: ['incidents.queue'],
      band: ['anti-fraud.measures', 'anti-fraud.funds', 'anti-fraud.types'],
    },
  },
}
