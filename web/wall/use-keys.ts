import { onScopeDispose } from 'vue'
import { type Wish, wishOf } from './keys.ts'

/** Where somebody writes, a letter is a letter. */
export const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, [contenteditable]') !== null

/** Tells what the keys ask of the wall; where somebody writes, they ask nothing. */
export const useKeys = (onWish: (wish: Wish) => void): void => {
  const onKey = (event: KeyboardEvent) => {
    const wish = isWriting(event.target) || event.repeat ? null : wishOf(event)
    if (wish) onWish(wish)
  }
  addEventListener('keydown', onKey)
  onScopeDispose(() => removeEventListener('keydown', onKey))
}
