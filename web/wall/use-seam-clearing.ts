import { type ComputedRef, onScopeDispose, type ShallowRef, watch } from 'vue'
import { type Seams, stripsOf } from '#web/kit/seams.ts'
import { clearColumns } from './clear-columns.ts'
import { clearRows } from './clear-rows.ts'

/**
 * Keeps what the grid of the wall does not off the seams: after every change of what stands there, before it is painted.
 * Nothing to do without any.
 */
export const useSeamClearing = (
  root: Readonly<ShallowRef<HTMLElement | null>>,
  seams: ComputedRef<Seams>,
): void => {
  const clear = () => {
    if (!root.value) return
    const { xs, ys, widePx } = seams.value
    const { left, top } = root.value.getBoundingClientRect()
    const onPage = (places: readonly number[], fromPx: number) =>
      stripsOf(
        places.map((place) => place + fromPx),
        widePx,
      )
    if (ys.length > 0) clearRows(root.value, onPage(ys, top))
    if (xs.length > 0) clearColumns(root.value, onPage(xs, left))
  }
  const texts = new MutationObserver(clear)
  const sizes = new ResizeObserver(clear)
  const stop = () => {
    texts.disconnect()
    sizes.disconnect()
  }
  watch(
    [root, seams],
    () => {
      stop()
      if (!root.value || seams.value.xs.length + seams.value.ys.length === 0) return
      // a panel that finds room is seen from then on by its class alone
      texts.observe(root.value, {
        childList: true,
        characterData: true,
        attributeFilter: ['class'],
        subtree: true,
      })
      sizes.observe(root.value)
      clear()
    },
    { flush: 'post' },
  )
  void document.fonts.ready.then(clear)
  onScopeDispose(stop)
}
