import { type ComputedRef, type ShallowRef, watch } from 'vue'
import { useWall } from '#web/store/wall.ts'
import type { Seams } from './seams.ts'

/** Texts beside each other in one line, which no column keeps clear: those from the left move right, the others left. */
const fromLeft =
  '.wall-header > :is(h1, .simulated, .audience), .scene-title, .wall-foot > p:not(.journal)'
const fromRight =
  '.wall-header > :is(.link-state, .date, .clock), .layers > button, .journal > span'

/** Keeps the head, the foot and the words on the map off the seams; each second, since ages grow. Nothing to do without any. */
export const useSeamStrips = (
  root: Readonly<ShallowRef<HTMLElement | null>>,
  seams: ComputedRef<Seams>,
): void => {
  const wall = useWall()
  const clear = (all: readonly HTMLElement[], side: 'marginInlineStart' | 'marginInlineEnd') => {
    const { xs, widePx } = seams.value
    const outerPx = root.value?.getBoundingClientRect().left ?? 0
    for (const each of all) each.style[side] = ''
    for (const each of all) {
      for (const x of xs) {
        const { left, right } = each.getBoundingClientRect()
        const [fromPx, toPx] = [outerPx + x - widePx / 2, outerPx + x + widePx / 2]
        if (right <= fromPx || left >= toPx) continue
        const movePx = side === 'marginInlineStart' ? toPx - left : right - fromPx
        const own = Number.parseFloat(getComputedStyle(each)[side]) || 0
        each.style[side] = `${Math.ceil(own + movePx)}px`
      }
    }
  }
  watch(
    [root, seams, () => wall.frame],
    () => {
      if (!root.value || seams.value.xs.length === 0) return
      const found = (of: string) => Array.from(root.value!.querySelectorAll<HTMLElement>(of))
      clear(found(fromLeft), 'marginInlineStart')
      clear(found(fromRight).reverse(), 'marginInlineEnd')
    },
    { flush: 'post' },
  )
}
