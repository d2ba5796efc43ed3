import type { Audience } from '#protocol/event.ts'
import type { Topic } from '#protocol/topic.ts'
import type { Alarm, Alarms } from './alarm.ts'
import { decide } from './alarms.decide.ts'
import { evolve, initial } from './alarms.evolve.ts'
import { alarmFigures } from './alarms.figures.ts'
import { noLoad, tenMinutesMs } from './load.ts'

const redactAlarm = ({ told: _told, ackedBy: _ackedBy, ...one }: Alarm): Alarm => one

const redact = (state: Alarms, audience: Audience): Alarms =>
  audience !== 'visitor'
    ? state
    : {
        ...state,
        open: new Map(
          Array.from(state.open)
            .filter(([, { shown }]) => shown)
            .map(([key, one]) => [key, redactAlarm(one)]),
        ),
        load: noLoad(),
        silencedAt: 0,
        watchedAt: 0,
        watchedSince: 0,
      }

/** What a person must answer to, from its raising to its end. What raises it stands in `alarms.rules.ts`. */
export const alarms: Topic<Alarms> = {
  name: 'alarms',
  stateVersion: 2,
  nouns: ['alarm'],
  // the rules say that they are watched every ten minutes
  staleAfterMs: 1.5 * tenMinutesMs,
  initial,
  evolve,
  decide,
  // beside the sources of the wall the rules are one of their own: quiet is then known to be quiet
  heard: ({ clockMs }) => (clockMs > 0 ? new Map([['alarm-rules', clockMs]]) : new Map()),
  redact,
  figures: alarmFigures,
}
