import { onScopeDispose, type ShallowRef, shallowRef } from 'vue'
import type { Figure } from '#protocol/figure.ts'
import type { FigureFormat } from './figure-format.ts'
import { hasOwnKeys } from './own-keys.ts'

/** A figure as it stands on a screen: enough to print it, and to say where it came from. */
export interface Shown {
  figure: Figure & { name: string; freshness?: string }
  format: FigureFormat
  unit: string | undefined
}

/** What each figure's element shows, asked for when somebody points at it; gone with the element. */
const figures = new WeakMap<Element, () => Shown>()

/** Lets whoever points at the element learn where its figure came from. */
export const answersFor = (element: Element, shown: () => Shown): void => {
  figures.set(element, shown)
}

export const shownBy = (element: Element): Shown | null => figures.get(element)?.() ?? null

/** Nobody stands at a wall for long: then the card goes by itself, ms. */
const closesAfterMs = 60_000

const isSeen = (element: Element): boolean => {
  const { left, top, right, bottom } = element.getBoundingClientRect()
  const isOnScreen = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
  return isOnScreen && element.checkVisibility({ visibilityProperty: true })
}
const figureAt = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest('[data-figure]') : null

/**
 * The figure that is asked about: the one under the pointer, or the one that was clicked, or that the key `w` stepped to.
 * Esc, a click elsewhere or a minute ends it.
 */
export const useAsked = (): ShallowRef<Element | null> => {
  const asked = shallowRef<Element | null>(null)
  let isPinned = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = (element: Element | null, pin: boolean) => {
    clearTimeout(timer)
    isPinned = pin && element !== null
    asked.value = element
    if (element) timer = setTimeout(() => ask(null, false), closesAfterMs)
  }
  const step = (by: 1 | -1) => {
    const all = Array.from(document.querySelectorAll('[data-figure]')).filter(isSeen)
    const from = asked.value ? all.indexOf(asked.value) : by === 1 ? -1 : 0
    ask(all.at((from + by) % all.length) ?? null, true)
  }
  const ended = new AbortController()
  const { signal } = ended
  addEventListener('pointerover', ({ target }) => !isPinned && ask(figureAt(target), false), {
    signal,
  })
  addEventListener('click', ({ target }) => ask(figureAt(target), true), { signal })
  addEventListener(
    'keydown',
    ({ key, target, ctrlKey, metaKey, altKey }) => {
      if (ctrlKey || metaKey || altKey || hasOwnKeys(target)) return
      if (key === 'w') step(1)
      else if (key === 'W') step(-1)
      else if (key === 'Escape') ask(null, false)
    },
    { signal },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    ended.abort()
  })
  return asked
}
