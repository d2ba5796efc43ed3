import { onScopeDispose, type ShallowRef, shallowRef, watchEffect } from 'vue'

/** Half of the time shown, half of it not: once a second. */
export const blinkMs = 1000

/**
 * Whether a sign that blinks is dark now. By a timer and not by an animation of the style sheet, which would draw the
 * whole wall sixty times a second for two changes; and in step for all. Where motion is not wanted nothing blinks.
 */
export const useBlink = (isBlinking: () => boolean): ShallowRef<boolean> => {
  const isDark = shallowRef(false)
  const isStill = matchMedia('(prefers-reduced-motion: reduce)')
  let timer: ReturnType<typeof setTimeout> | undefined
  const turn = () => {
    isDark.value = !isStill.matches && Date.now() % blinkMs >= blinkMs / 2
    timer = setTimeout(turn, blinkMs / 2 - (Date.now() % (blinkMs / 2)) + 1)
  }
  watchEffect(() => {
    clearTimeout(timer)
    isDark.value = false
    if (isBlinking()) turn()
  })
  onScopeDispose(() => clearTimeout(timer))
  return isDark
}
