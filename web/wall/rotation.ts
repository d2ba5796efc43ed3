import { type SceneName, sceneNames } from './scenes/scene.ts'
import { isSceneName } from './scenes/scenes.ts'

/** A scene of a rotation, and how long it stands. */
export interface Stop {
  scene: SceneName
  forMs: number
}

/** Whether and how the wall goes from scene to scene by itself. */
export interface Rotation {
  plan: readonly Stop[]
  isOn: boolean
  scene: SceneName
  /** when the scene came, ms of any clock that never goes back */
  sinceMs: number
  /** nothing turns before, ms */
  heldUntilMs: number
  /** unacknowledged P1 when last looked; null before it was known */
  unacked: number | null
}

/** After a person's key: whoever chose a scene wants to read it. */
export const handPauseMs = 120_000
/** After the last P1 is acknowledged: those who dealt with it look up once more. */
export const alarmPauseMs = 60_000
const leastStopMs = 5000

/** `overview:60,border:30`: seconds each; what is no scene is passed over. Null where nothing is left of it. */
export const readPlan = (text: string | null): Stop[] | null => {
  const stops = (text ?? '').split(',').flatMap((part) => {
    const [name = '', seconds = '60'] = part.trim().split(':')
    const forMs = 1000 * Number(seconds)
    return isSceneName(name) && forMs >= leastStopMs && Number.isFinite(forMs)
      ? [{ scene: name, forMs }]
      : []
  })
  return stops.length > 0 ? stops : null
}

export const usualPlan: readonly Stop[] = [
  { scene: 'overview', forMs: 60_000 },
  { scene: 'border', forMs: 30_000 },
  { scene: 'grid', forMs: 30_000 },
  { scene: 'anti-fraud', forMs: 30_000 },
  { scene: 'forces', forMs: 30_000 },
]

export const startRotation = (
  scene: SceneName,
  plan: readonly Stop[],
  isOn: boolean,
  nowMs: number,
): Rotation => ({ plan, isOn, scene, sinceMs: nowMs, heldUntilMs: nowMs, unacked: null })

const show = (rotation: Rotation, scene: SceneName, nowMs: number): Rotation => ({
  ...rotation,
  scene,
  sinceMs: nowMs,
})

/** A person has chosen: that stands, and the rotation waits. */
export const choose = (rotation: Rotation, scene: SceneName, nowMs: number): Rotation => ({
  ...show(rotation, scene, nowMs),
  heldUntilMs: Math.max(rotation.heldUntilMs, nowMs + handPauseMs),
})

/** The next or the last scene of all, in their order, whatever the plan. */
export const step = (rotation: Rotation, by: 1 | -1, nowMs: number): Rotation => {
  const at = sceneNames.indexOf(rotation.scene) + by
  const scene = sceneNames[(at + sceneNames.length) % sceneNames.length]!
  return choose(rotation, scene, nowMs)
}

export const toggleRotation = (rotation: Rotation, nowMs: number): Rotation => ({
  ...rotation,
  isOn: !rotation.isOn,
  sinceMs: nowMs,
  heldUntilMs: nowMs,
})

/**
 * What time and alarms do. One more P1 that nobody has acknowledged brings the overview, rotation or not; while there is
 * any, and a pause after the last, nothing turns, and neither while the number is not known. A wall that is opened at a
 * scene stays there, whatever was open before: only one that rotates goes to the overview then.
 */
export const turn = (rotation: Rotation, unacked: number | null, nowMs: number): Rotation => {
  if (unacked === null) return rotation
  const isMore = unacked > (rotation.unacked ?? (rotation.isOn ? 0 : unacked))
  const seen = unacked === rotation.unacked ? rotation : { ...rotation, unacked }
  if (isMore && seen.scene !== 'overview') return show(seen, 'overview', nowMs)
  if (unacked > 0) return seen
  if ((rotation.unacked ?? 0) > 0)
    return { ...seen, heldUntilMs: Math.max(seen.heldUntilMs, nowMs + alarmPauseMs) }
  if (!seen.isOn || nowMs < seen.heldUntilMs) return seen
  const at = seen.plan.findIndex(({ scene }) => scene === seen.scene)
  const standsMs = seen.plan[at]?.forMs ?? 0
  if (nowMs - seen.sinceMs < standsMs) return seen
  return show(seen, seen.plan[(at + 1) % seen.plan.length]!.scene, nowMs)
}

/** Whether it waits for somebody: a P1, or the pause after a hand or an alarm. */
export const isHeld = ({ isOn, unacked, heldUntilMs }: Rotation, nowMs: number): boolean =>
  isOn && (unacked !== 0 || nowMs < heldUntilMs)
