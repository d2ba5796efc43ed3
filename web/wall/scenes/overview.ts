import type { Scene } from './scene.ts'

/** One figure of each subject, in the order of the mission; the scenes behind them say the rest. */
const lede = ['incidents.key', 'patrols.key', 'grid-cells.key', 'anti-fraud.key']

/** Everything at a glance: what is going on, who is out, where help is needed. */
export const overview: Scene = {
  map: { fit: 'prefecture' },
  layers: null,
  places: {
    compact: {
      lede,
      right: ['incidents.queue'],
    },
    wide: {
      left: [...lede, 'incidents.response'],
      second: ['incidents.calls', 'incidents.intervals', 'alarms.load', 'anti-fraud.measures'],
      fifth: ['patrols.forces', 'anti-fraud.funds', 'grid-cells.cells'],
      right: ['incidents.queue'],
    },
    vast: {
      left: [...lede, 'incidents.response'],
      second: ['incidents.calls', 'incidents.intervals', 'grid-cells.cells', 'alarms.load'],
      fourth: ['patrols.segments'],
      fifth: ['patrols.forces', 'anti-fraud.measures', 'anti-fraud.funds'],
      right: ['incidents.queue'],
    },
    portrait: {
      lede,
      right: ['incidents.queue'],
    },
  },
}
