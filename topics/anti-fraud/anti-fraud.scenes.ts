import type { Body } from '#protocol/event.ts'
import { type SceneLine, type Scenes, sceneOf } from '#protocol/scene.ts'
import { fraudTypes, hasMoney, type Measure, measures, sentTypes } from './anti-fraud.codes.ts'

const divisions = ['532801001', '532801103', '532822101', '532823105', '532823', '532800']

/** How many an hour in the middle of the day, about. */
const perHour: Record<Measure, number> = {
  'calls-blocked': 420,
  'sms-blocked': 340,
  'sites-handled': 2,
  'fund-warnings': 3,
  'face-to-face-dissuasion': 3,
  'funds-stopped': 1,
  'funds-frozen': 1,
  'funds-returned': 1,
  'cases-solved': 1,
}
/** Hours between two lines: what happens seldom is not said every hour. */
const everyHours: Partial<Record<Measure, number>> = {
  'funds-stopped': 4,
  'funds-frozen': 6,
  'funds-returned': 11,
  'cases-solved': 9,
}
const isTyped = (measure: Measure): boolean => !/blocked|handled/.test(measure)

/** The nth hour before now, of one measure. */
const said = (measure: Measure, hoursAgo: number, times: number): SceneLine[] => {
  if (hoursAgo % (everyHours[measure] ?? 1) > 0) return []
  const n = hoursAgo + measures.indexOf(measure)
  const body: Body = {
    measure,
    count: Math.max(1, Math.round(perHour[measure] * times * (1 + (n % 5) / 10))),
    division: divisions[n % divisions.length]!,
  }
  // now and then a sender does not know the type, or knows it by a name of 2024
  if (isTyped(measure) && n % 7 > 0) body.fraudType = sentTypes[(n * n) % sentTypes.length]!
  if (hasMoney(measure))
    body.amountYuan = Math.round(times * (4_000_000 + (n % 9) * 1_234_567)) / 100
  return [[hoursAgo * 60 + 3, 'fraud.measured', body]]
}

/** So many hours up to so many hours ago. */
const day = (fromHoursAgo: number, hours: number, times: number): SceneLine[] =>
  measures.flatMap((measure) =>
    Array.from({ length: hours }, (_, hour) => said(measure, fromHoursAgo + hour, times)).flat(),
  )

/** The same weekday of four weeks, and warnings by type on every day between. */
const weeks = (): SceneLine[] => [
  ...[1, 2, 3, 4].flatMap((back) => day(back * 168, 24, 0.8 + back / 10)),
  ...Array.from({ length: 27 }, (_, n) =>
    fraudTypes
      .slice(0, 1 + (n % fraudTypes.length))
      .map(
        (fraudType): SceneLine => [
          (n + 1) * 1440 + 30,
          'fraud.measured',
          { measure: 'fund-warnings', count: 1 + (n % 3), fraudType, division: '532801' },
        ],
      ),
  ).flat(),
]

export const fraudScenes: Scenes = {
  empty: [],
  // no weeks to compare with, and no sum of money yet
  quiet: sceneOf(day(0, 5, 0.3).filter(([, , body]) => !hasMoney(body.measure as Measure))),
  busy: sceneOf([...weeks(), ...day(0, 22, 1)]),
  flood: sceneOf([...weeks(), ...day(0, 22, 40)], { flags: ['simulated'] }),
  // the last word came hours ago: what stands there must not look live
  silent: sceneOf([...weeks(), ...day(5, 17, 1)]),
}
