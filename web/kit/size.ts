import { type ComputedRef, computed, onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'
import { cutBy, stripsOf, useSeams } from './seams.ts'
import { useTypeScale } from './viewing.ts'

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

/** Rows of a list are at most as high: a line of values and one of words. */
const rowOf = ({ wordPx, valuePx }: { wordPx: number; valuePx: number }) =>
  1.45 * valuePx + 1.3 * wordPx

/**
 * The box of a list, of whose height is left out what its rows lose where they step over a seam: the seam, and at most
 * a row before it.
 */
export const useListBox = (
  element: Readonly<ShallowRef<HTMLElement | null>>,
): ComputedRef<Box | null> => {
  const box = useBox(element)
  const seams = useSeams()
  const scale = useTypeScale()
  return computed(() => {
    const { ys, widePx } = seams.value
    const wall = element.value?.closest('main')
    if (!box.value || !wall || ys.length === 0) return box.value
    const { heightPx } = box.value
    const topPx = element.value!.getBoundingClientRect().top - wall.getBoundingClientRect().top
    const lostPx = widePx + rowOf(scale.value)
    const cuts = stripsOf(ys, widePx).filter((strip) => cutBy(topPx, heightPx, [strip])).length
    return { ...box.value, heightPx: Math.max(0, heightPx - cuts * lostPx) }
  })
}
