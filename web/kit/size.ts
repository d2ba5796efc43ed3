import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'

/** Where an element stands in its positioned parent, CSS px. */
export interface Box {
  leftPx: number
  topPx: number
  widthPx: number
  heightPx: number
}

/** The box of an element, kept up to date; null until it is on the screen. */
export const useBox = (
  element: Readonly<ShallowRef<HTMLElement | null>>,
): ShallowRef<Box | null> => {
  const box = shallowRef<Box | null>(null)
  const observer = new ResizeObserver(() => {
    if (!element.value) return
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = element.value
    box.value = {
      leftPx: offsetLeft,
      topPx: offsetTop,
      widthPx: offsetWidth,
      heightPx: offsetHeight,
    }
  })
  watch(
    element,
    (now, before) => {
      if (before) observer.unobserve(before)
      if (now) observer.observe(now)
    },
    { flush: 'post' },
  )
  onScopeDispose(() => observer.disconnect())
  return box
}
