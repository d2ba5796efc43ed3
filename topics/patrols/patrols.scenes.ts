import { type SceneLine, type Scenes, sceneNow, sceneOf } from '#protocol/scene.ts'
import { statuses } from './patrols.codes.ts'
import { segments } from './segments.codes.ts'

const cause = 'tick'

const unitOf = (n: number): string => `U-${String(n + 1).padStart(3, '0')}`

/** A unit that went on duty hours ago, was called once, and what was noticed about it. */
const duty = (n: number): SceneLine[] => {
  const unit = unitOf(n)
  const segment = n % 3 === 0 ? { segment: segments[n % segments.length]!.code } : {}
  const dueAt = sceneNow + (n % 40 === 7 ? -1 : 5) * 60 * 60_000
  const status = n === 11 ? 'standby' : statuses[n % (statuses.length - 1)]!
  const found: SceneLine[] = [
    ...(n % 40 === 7
      ? [[54.9, 'patrol.fellOverdue', { unit, dueAt, cause }] satisfies SceneLine]
      : []),
    ...(n % 25 === 3 ? [[20, 'patrol.fixLost', { unit, cause }] satisfies SceneLine] : []),
    ...(n % 50 === 3 ? [[2, 'patrol.fellSilent', { unit, cause }] satisfies SceneLine] : []),
    ...(n % 30 === 8
      ? [
          [90, 'patrol.fixLost', { unit, cause }] satisfies SceneLine,
          [65, 'patrol.fellSilent', { unit, cause }] satisfies SceneLine,
          [60, 'patrol.heardAgain', { unit, cause }] satisfies SceneLine,
          [60, 'patrol.fixRegained', { unit, cause }] satisfies SceneLine,
        ]
      : []),
  ]
  return [
    [300 + (n % 20), 'patrol.started', { unit, callSign: unit, dueAt, ...segment }],
    [280 - (n % 20), 'patrol.statusChanged', { unit, status }],
    [100 - (n % 20), 'patrol.rollCalled', { unit, answered: n % 25 !== 3 }],
    ...found,
    // the last word of a living list is minutes old
    ...(n === 0 ? [[3, 'patrol.statusChanged', { unit, status }] satisfies SceneLine] : []),
  ]
}

/** A unit whose duty is over. */
const over = (n: number): SceneLine[] => {
  const unit = `B-${n + 1}`
  return [
    [900, 'patrol.started', { unit, callSign: unit, dueAt: sceneNow - 170 * 60_000 }],
    [175, 'patrol.ended', { unit }],
  ]
}

const strangers = (count: number): SceneLine[] =>
  Array.from({ length: count }, (_, n) => [
    30 + n,
    'patrol.unrosteredSeen',
    { unit: `TMP-${n + 1}`, cause },
  ])

/** The segments but those of `missed`; two of them longer than a day ago. */
const rounds = (missed: readonly number[]): SceneLine[] =>
  segments.flatMap(({ code }, n): SceneLine[] => {
    const minutesAgo = missed.includes(n) ? 1600 + n : 20 + ((n * 97) % 1300)
    const passes = [3, 2, 1].map(
      (left): SceneLine => [
        minutesAgo + left * 40 - 40,
        'patrol.checkpointPassed',
        { unit: unitOf(n), segment: code, checkpoint: 4 - left, cause },
      ],
    )
    if (missed.includes(n) && n % 2 === 0) return []
    return [...passes, [minutesAgo - 0.1, 'patrol.segmentPatrolled', { segment: code, cause }]]
  })

const many = (count: number, of: (n: number) => SceneLine[]) =>
  Array.from({ length: count }, (_, n) => of(n)).flat()

export const patrolScenes: Scenes = {
  empty: [],
  quiet: sceneOf([...many(60, duty), ...many(10, over), ...rounds([4])]),
  busy: sceneOf([
    ...many(412, duty),
    ...many(60, over),
    ...strangers(3),
    ...rounds([6, 17, 18, 29, 40]),
  ]),
  flood: sceneOf(
    [
      ...many(600, duty),
      ...many(200, (n): SceneLine[] => [
        [40, 'patrol.fixLost', { unit: unitOf(n), cause }],
        [15, 'patrol.fellSilent', { unit: unitOf(n), cause }],
      ]),
      ...strangers(120),
      ...rounds(Array.from({ length: 46 }, (_, n) => n)),
    ],
    { flags: ['simulated'] },
  ),
  // the last word came hours ago: what stands there must not look live
  silent: sceneOf(
    [...many(60, duty), ...rounds([4])].map(([ago, type, body]) => [ago + 300, type, body]),
  ),
}
