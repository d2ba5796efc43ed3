import { antiFraud } from './anti-fraud.ts'
import { border } from './border.ts'
import { forces } from './forces.ts'
import { grid } from './grid.ts'
import { overview } from './overview.ts'
import { type Scene, type SceneName, sceneNames } from './scene.ts'
import { sources } from './sources.ts'

/** Every scene of the wall by its name. */
export const scenes: Record<SceneName, Scene> = {
  overview,
  border,
  grid,
  'anti-fraud': antiFraud,
  forces,
  sources,
}

export const isSceneName = (name: string): name is SceneName =>
  sceneNames.some((each) => each === name)
