import { type FunctionDirective, onScopeDispose, type ShallowRef, shallowRef } from 'vue'
import type { Figure, Provenance } from '#protocol/figure.ts'
import type { FigureFormat } from './figure-format.ts'
import { hasOwnKeys } from './own-keys.ts'

/** A figure as it stands on a screen: enough to print it, and to say where it came from. */
export interface ShownFigure {
  figure: Figure & { name: string; freshness?: string }
  format: FigureFormat
  unit: string | undefined
}
/** A row of a list: what it is of, the key of the sentence that says which rows there are, and what was last heard of it. */
export interface ShownRow {
  row: string
  rule: string
  of: { sources: readonly string[]; newest: Provenance['newest']; simulated: boolean }
}
export type Shown = ShownFigure | ShownRow

/** What each element shows, asked for when somebody points at it; gone with the element. */
const answers = new WeakMap<Element, () => Shown>()

/** Lets whoever points at the element learn where what it shows came from. */
export const answersFor = (element: Element, shown: () => Shown): void => {
  answers.set(element, shown)
}

/**
 * `v-where-from` on a row of a list: it answers as a figure does. `.pointed`: a click on it does something else, so it
 * answers while it is pointed at, and to the key.
 */
export const vWhereFrom: FunctionDirective<HTMLElement, ShownRow, 'pointed'> = (
  element,
  { value, modifiers },
) => {
  element.dataset.row = value.row
  if (modifiers.pointed) element.dataset.pointed = ''
  answersFor(element, () => value)
}

export const shownBy = (element: Element): Shown | null => answers.get(element)?.() ?? null

const answering = '[data-figure], [data-row]'

/** Nobody stands at a wall for long: then the card goes by itself, ms. */
const closesAfterMs = 60_000

const isSeen = (element: Element): boolean => {
  const { left, top, right, bottom } = element.getBoundingClientRect()
  const isOnScreen = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
  return isOnScreen && element.checkVisibility({ visibilityProperty: true })
}
const answerAt = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest(answering) : null

/**
 * The figure or row that is asked about: the one under the pointer, or the one that was clicked, or that the key `w` stepped to.
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
    const all = Array.from(document.querySelectorAll(answering)).filter(isSeen)
    const from = asked.value ? all.indexOf(asked.value) : by === 1 ? -1 : 0
    ask(all.at((from + by) % all.length) ?? null, true)
  }
  const ended = new AbortController()
  const { signal } = ended
  addEventListener('pointerover', ({ target }) => !isPinned && ask(answerAt(target), false), {
    signal,
  })
  addEventListener(
    'click',
    ({ target }) => {
      const clicked = answerAt(target)
      ask(clicked?.hasAttribute('data-pointed') ? null : clicked, true)
    },
    { signal },
  )
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
