import { hourMs } from '#mock/clock.ts'
import type { Spot, Way } from '#mock/ways.ts'

/** Where a unit is at a time, and how it moves: a pure function, so that any second can be asked for. */
export type Beat = (atMs: number) => Spot & { speedKmh: number }

/** Goes for a while, stands for a while, and so on. */
export interface Gait {
  speedKmh: number
  goMs: number
  standMs: number
  /** shifts it in time, so that not all stand at once */
  phaseMs: number
}

const walked = ({ speedKmh, goMs, standMs, phaseMs }: Gait, atMs: number) => {
  const turns = Math.floor((atMs + phaseMs) / (goMs + standMs))
  const sinceMs = (atMs + phaseMs) % (goMs + standMs)
  const isGoing = sinceMs < goMs
  const km = ((turns * goMs + Math.min(sinceMs, goMs)) / hourMs) * speedKmh
  return { km, speedKmh: isGoing ? speedKmh : 0 }
}

const turned = (spot: Spot, isBack: boolean): Spot =>
  isBack ? { ...spot, headingDeg: (spot.headingDeg + 180) % 360 } : spot

/** Round and round on a closed way. */
export const roundBeat =
  (way: Way, gait: Gait): Beat =>
  (atMs) => {
    const { km, speedKmh } = walked(gait, atMs)
    return { ...way.at(km % way.lengthKm), speedKmh }
  }

/** To and fro between two km of a way. */
export const shuttleBeat =
  (way: Way, fromKm: number, toKm: number, gait: Gait): Beat =>
  (atMs) => {
    const { km, speedKmh } = walked(gait, atMs)
    const lengthKm = toKm - fromKm
    const onKm = km % (2 * lengthKm)
    const isBack = onKm > lengthKm
    const spot = way.at(fromKm + (isBack ? 2 * lengthKm - onKm : onKm))
    return { ...turned(spot, isBack), speedKmh }
  }

/** A patrol of a segment: there from one end, a rest, and back. */
export interface Sweep {
  startMs: number
  speedKmh: number
  restMs: number
  /** where it turns, km from where it begins */
  turnKm: number
  /** it begins at the far end of the way */
  isFromFarEnd: boolean
}

/** When a sweep is at so many km from where it began, on its way there; null where it turns before. */
export const sweepAtMs = ({ startMs, speedKmh, turnKm }: Sweep, km: number): number | null =>
  km > turnKm ? null : startMs + (km / speedKmh) * hourMs

export const sweepBeat =
  (way: Way, sweep: Sweep): Beat =>
  (atMs) => {
    const { startMs, speedKmh, restMs, turnKm, isFromFarEnd } = sweep
    const turnMs = startMs + (turnKm / speedKmh) * hourMs
    const backMs = turnMs + restMs
    const isBack = atMs > turnMs
    const kmSince = (sinceMs: number) => (Math.max(0, atMs - sinceMs) / hourMs) * speedKmh
    const km = isBack ? Math.max(0, turnKm - kmSince(backMs)) : Math.min(turnKm, kmSince(startMs))
    const isGoing = km > 0 && km < turnKm
    const spot = way.at(isFromFarEnd ? way.lengthKm - km : km)
    return { ...turned(spot, isBack !== isFromFarEnd), speedKmh: isGoing ? speedKmh : 0 }
  }

/** Stands at a post. */
export const standBeat =
  (spot: Spot): Beat =>
  () => ({ ...spot, speedKmh: 0 })
