import { type SceneLine, type Scenes, sceneOf } from '#protocol/scene.ts'

const counted = (minutesAgo: number, place: string, count: number): SceneLine => [
  minutesAgo,
  'thing.counted',
  { place, count, remark: '清点' },
]

export const templateScenes: Scenes = {
  empty: [],
  quiet: sceneOf([counted(1, 'A-1', 0), counted(2, 'A-2', 3)]),
  busy: sceneOf(Array.from({ length: 20 }, (_, n) => counted(n, `A-${n % 5}`, n))),
  flood: sceneOf(
    Array.from({ length: 500 }, (_, n) => counted(n / 50, `A-${n}`, n)),
    {
      flags: ['simulated'],
    },
  ),
  silent: sceneOf([counted(300, 'A-1', 4)]),
}
