import type { TrackEntry } from '#protocol/track-frame.ts'
import type { SceneName } from './told-scenes.ts'

/** Units of the track lane by scene. */
const unitCounts: Record<SceneName, number> = {
  empty: 0,
  quiet: 60,
  busy: 412,
  flood: 600,
  silent: 60,
}
/** Where most of them are: the three county seats. */
const seats = [
  { lon: 100.8, lat: 22.01 },
  { lon: 100.45, lat: 21.96 },
  { lon: 101.56, lat: 21.47 },
]
const minuteMs = 60_000

/** The n-th of a sequence that is spread evenly over 0..1, and the same in every run. */
const spread = (n: number, irrational: number): number => (n * irrational) % 1

/** Where the units of a scene are, and their names, which are those of the patrols. */
export const fixtureUnits = (
  scene: SceneName,
  nowMs: number,
): { names: string[]; entries: TrackEntry[] } => {
  const names = Array.from(
    { length: unitCounts[scene] },
    (_, n) => `U-${String(n + 1).padStart(3, '0')}`,
  )
  const entries = names.map((_, n): TrackEntry => {
    const { lon, lat } = seats[n % seats.length]!
    const around = 2 * Math.PI * spread(n, Math.SQRT2)
    // most of them near the seat, a few far out
    const farDeg = 0.01 + 0.14 * spread(n, Math.sqrt(3)) ** 2
    const isMoving = n % 3 !== 0
    const isOld = n % 25 === 3
    const agoMs = scene === 'silent' ? 300 * minuteMs : isOld ? 22 * minuteMs : 0
    return {
      index: n,
      fix: {
        at: nowMs - agoMs,
        lon: lon + farDeg * Math.cos(around),
        lat: lat + farDeg * Math.sin(around),
        speedKmh: isMoving ? 12 + (n % 40) : 0,
        headingDeg: isMoving ? (n * 47) % 360 : null,
      },
    }
  })
  return { names, entries }
}
