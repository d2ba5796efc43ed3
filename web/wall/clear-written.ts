import { toScreen } from '#web/kit/map/fit.ts'
import type { MapView, Written } from '#web/kit/map/view.ts'
import { clearStart, type Seams, stripsOf } from '#web/kit/seams.ts'

/** How far what is written at a place, px around it, has to move so that no seam cuts it. */
export const clearWritten = (
  place: readonly [number, number],
  [left, top, right, bottom]: Written,
  { camera, size }: MapView,
  { xs, ys, widePx }: Seams,
): readonly [number, number] => {
  const [x, y] = toScreen(place, camera, size)
  const moved = (startPx: number, lengthPx: number, places: readonly number[]) =>
    clearStart(startPx, lengthPx, stripsOf(places, widePx)) - startPx
  return [moved(x + left, right - left, xs), moved(y + top, bottom - top, ys)]
}
