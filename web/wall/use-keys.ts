import { onScopeDispose } from 'vue'
import { hasOwnKeys } from '#web/kit/own-keys.ts'
import { type Wish, wishOf } from './keys.ts'

/** Tells what the keys ask of the wall; where somebody writes or chooses, they ask nothing. */
export const useKeys = (onWish: (wish: Wish) => void): void => {
  const onKey = (event: KeyboardEvent) => {
    const wish = hasOwnKeys(event.target) || event.repeat ? null : wishOf(event)
    if (!wish) return
    // what it opens may be written in: the key itself is not the first sign of it
    event.preventDefault()
    onWish(wish)
  }
  addEventListener('keydown', onKey)
  onScopeDispose(() => removeEventListener('keydown', onKey))
}
