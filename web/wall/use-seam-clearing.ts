import { type ComputedRef, onScopeDispose, type ShallowRef, watch } from 'vue'
import { type Seams, stripsOf } from '#web/kit/seams.ts'
import { clearColumns } from './clear-columns.ts'
import { clearRows } from './clear-rows.ts'

type Change = Pick<MutationRecord, 'type' | 'oldValue'> & { target: unknown }

/** Of classes that come and go only this one moves anything: what blinks must not have the wall laid out anew. */
export const movesSomething = ({ type, target, oldValue }: Change): boolean =>
  type !== 'attributes' ||
  (target as Element).classList.contains('unseen') !==
    (oldValue ?? '').split(' ').includes('unseen')

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
  const sizes = new ResizeObserver(clear)
  /** The parts too: where one takes more of the wall, the others move without a change of their own. */
  const observeSizes = () => {
    if (!root.value) return
    sizes.observe(root.value)
    for (const part of root.value.children) sizes.observe(part)
  }
  const texts = new MutationObserver((changes) => {
    if (changes.some(({ target }) => target === root.value)) observeSizes()
    if (changes.some(movesSomething)) clear()
  })
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
        attributeOldValue: true,
        subtree: true,
      })
      observeSizes()
      clear()
    },
    { flush: 'post' },
  )
  void document.fonts.ready.then(clear)
  onScopeDispose(stop)
}
