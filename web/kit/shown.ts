import { type InjectionKey, inject, onScopeDispose, shallowReactive, watchEffect } from 'vue'

/** Whoever is on the screen with something simulated in it. */
export type Shown = Set<symbol>

export const shownKey: InjectionKey<Shown> = Symbol('shown')

export const createShown = (): Shown => shallowReactive(new Set<symbol>())

/** Lets the wall know, as long as the caller is on it, whether what it shows is simulated. */
export const showsSimulated = (isSimulated: () => boolean): void => {
  const shown = inject(shownKey, null)
  if (!shown) return
  const self = Symbol('self')
  watchEffect(() => {
    if (isSimulated()) shown.add(self)
    else shown.delete(self)
  })
  onScopeDispose(() => shown.delete(self))
}
