import { onScopeDispose, type ShallowRef, shallowRef, watchEffect } from 'vue'
import { stillness } from './stillness.ts'

/** Once a second, and shown for most of it: whoever looks must see it. */
export const blinkMs = 1000
const shownMs = 650

/**
 * Whether a sign that blinks is dark now. By a timer and not by an animation of the style sheet, which would draw the
 * whole wall sixty times a second for two changes; and in step for all. Where motion is not wanted nothing blinks.
 */
export const useBlink = (isBlinking: () => boolean): ShallowRef<boolean> => {
  const isDark = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const turn = () => {
    const phaseMs = Date.now() % blinkMs
    isDark.value = !stillness().matches && phaseMs >= shownMs
    timer = setTimeout(turn, (phaseMs < shownMs ? shownMs : blinkMs) - phaseMs + 1)
  }
  watchEffect(() => {
    clearTimeout(timer)
    isDark.value = false
    if (isBlinking()) turn()
  })
  onScopeDispose(() => clearTimeout(timer))
  return isDark
}
