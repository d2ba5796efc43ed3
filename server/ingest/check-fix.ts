import { z } from 'zod'
import { code, latitude, longitude } from '#protocol/definition.ts'
import type { Fix } from '#protocol/track.ts'
import { aheadAtMostMs, behindAtMostMs } from './check.ts'
import { coordinateSystems, toWgs84 } from './coordinates.ts'
import type { Line } from './lines.ts'
import { faultOfCode } from './mask.ts'
import { faultOf, shownCode } from './refusal.ts'

/** Faster than any vehicle of the centre's, a helicopter included. */
const speedKmhAtMost = 400

const fixLine = z.strictObject({
  unit: code(),
  at: z.int('an integer: milliseconds since 1970 UTC').min(0),
  lon: longitude,
  lat: latitude,
  speedKmh: z.number().min(0).max(speedKmhAtMost).optional(),
  headingDeg: z.number().min(0).max(360).optional(),
  crs: z.enum(coordinateSystems).optional(),
})

export interface FixRefusal {
  unit: string | null
  field: string | null
  reason: string
}

const unitOf = (value: unknown, now: number): string | null => {
  const unit = (value as { unit?: unknown } | null)?.unit
  return typeof unit === 'string' ? shownCode(unit, 64, now) : null
}

/**
 * Turns a line of `POST /ingest/tracks` into a fix, or says why not. A position is no record: one whose
 * clock is not to be believed is refused rather than kept, since it could hide the true ones that follow.
 * `fits`: whether a unit looks as its source has declared.
 */
export const checkFix = (
  value: unknown,
  seenAt: number,
  simulated: boolean,
  fits: (code: string) => boolean = () => false,
): { fix: Fix } | { refusal: FixRefusal } => {
  const parsed = fixLine.safeParse(value)
  if (!parsed.success) {
    const { field, reason } = faultOf(parsed.error.issues[0]!, 'docs/tracks.md', seenAt)
    return { refusal: { unit: unitOf(value, seenAt), field, reason } }
  }
  const { unit, at, lon, lat, speedKmh = null, headingDeg = null, crs = 'wgs84' } = parsed.data
  if (at < seenAt - behindAtMostMs || at > seenAt + aheadAtMostMs) {
    const reason =
      'a position from more than 24 h ago or 5 min ahead; set the unit to the right time'
    const shown = fits(unit) ? unit : unitOf(parsed.data, seenAt)
    return { refusal: { unit: shown, field: 'at', reason } }
  }
  const ofUnit = faultOfCode(unit, seenAt, fits)
  if (ofUnit)
    return { refusal: { unit: unitOf(parsed.data, seenAt), field: 'unit', reason: ofUnit } }
  const [lonWgs84, latWgs84] = toWgs84(lon, lat, crs)
  const heading = headingDeg === null ? null : headingDeg % 360
  return {
    fix: {
      unit,
      at,
      seenAt,
      lon: lonWgs84,
      lat: latWgs84,
      speedKmh,
      headingDeg: heading,
      simulated,
    },
  }
}

/** The same of a line as it came. */
export const checkFixLine = (
  each: Line,
  seenAt: number,
  simulated: boolean,
  fits: (code: string) => boolean,
): { fix: Fix } | { refusal: FixRefusal } =>
  'unreadable' in each
    ? { refusal: { unit: null, field: null, reason: each.unreadable } }
    : checkFix(each.value, seenAt, simulated, fits)
