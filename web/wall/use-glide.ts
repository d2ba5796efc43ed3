import { onScopeDispose, shallowRef, watch } from 'vue'
import { stillness } from '#web/kit/stillness.ts'
import type { Tracks } from '#web/store/tracks.ts'
import { createGlide } from './unit-glide.ts'

/** From so many units on nobody follows a single one with the eye; they then go from fix to fix at once. */
const mostUnits = 2000
/** Where a cell of the track lane is less than this on the screen, a step cannot be seen, px. */
const leastStepPx = 1.5
const cellDeg = 0.0009
const stepEveryMs = 66

/**
 * Units on their way between fixes, while that can be seen: near enough, not too many, and no wish for stillness. With
 * no new fix all rest within the time between two, and nothing is drawn any more.
 */
export const useGlide = (of: () => { tracks: Tracks; pxPerDegree: number; isShown: boolean }) => {
  const shown = shallowRef<Float32Array | null>(null)
  const isGliding = shallowRef(false)
  let glide: ReturnType<typeof createGlide> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const step = () => {
    timer = undefined
    if (!glide || document.hidden) return
    const goesOn = glide.step(performance.now())
    // a new view of the same numbers: what is drawn from it is drawn anew
    shown.value = glide.shown().subarray()
    isGliding.value = goesOn
    if (goesOn) timer = setTimeout(() => requestAnimationFrame(step), stepEveryMs)
  }
  watch(
    of,
    ({ tracks, pxPerDegree, isShown }) => {
      const isSeen =
        isShown &&
        tracks.units <= mostUnits &&
        pxPerDegree * cellDeg >= leastStepPx &&
        !stillness().matches
      if (!isSeen) {
        glide = null
        shown.value = null
        isGliding.value = false
        return
      }
      glide ??= createGlide()
      glide.take(tracks.table, performance.now())
      if (timer === undefined) step()
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { shown, isGliding, trails: () => glide }
}
