import { cutBy, type Seams, stripsOf } from '#web/kit/seams.ts'
import type { Geometry } from './geometry.ts'

/** Less than this between the alarms and a seam holds no list, in sizes of a word. */
const leastListEm = 6.5

/**
 * How high the row of the kept place for alarms is, px, and what it stands off its upper and lower end to keep clear of
 * seams. What little is left above a seam is the alarms' too, so that the list under them begins on the next screen.
 */
export const alarmTracks = (
  { format, headPx, alarmPx }: Geometry,
  wordPx: number,
  { ys, widePx }: Seams,
): Record<'alarm' | 'alarm-off' | 'alarm-end', number> => {
  const strips = stripsOf(ys, widePx)
  const fromPx = cutBy(headPx, alarmPx, strips)?.toPx ?? headPx
  const offPx = Math.ceil(fromPx - headPx)
  const next = strips.find((strip) => strip.fromPx >= fromPx + alarmPx)
  const leftPx = (next?.fromPx ?? Number.POSITIVE_INFINITY) - fromPx - alarmPx
  if (!next || format === 'portrait' || leftPx > leastListEm * wordPx)
    return { alarm: offPx + alarmPx, 'alarm-off': offPx, 'alarm-end': 0 }
  return {
    alarm: Math.ceil(next.toPx - headPx),
    'alarm-off': offPx,
    'alarm-end': Math.ceil(next.toPx - next.fromPx),
  }
}
