import { cutBy, type Strip } from '#web/kit/seams.ts'

const stacked = [
  'block',
  'flow-root',
  'list-item',
  'table',
  'table-row-group',
  'table-header-group',
]

/** Its children stand one below the other, so that each may step over a seam by itself. */
const isStack = (element: Element): boolean => {
  if (element.children.length === 0) return false
  if (element.querySelector('.panel')) return true
  const hasOwnText = Array.from(element.childNodes).some(
    (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
  )
  if (hasOwnText) return false
  const { display, flexDirection, gridTemplateColumns } = getComputedStyle(element)
  if (stacked.includes(display)) return true
  if (display === 'flex') return flexDirection === 'column'
  return display === 'grid' && !gridTemplateColumns.includes(' ')
}

/** From its top to its foot, with the figures that stand out of their line: a line is as high as its letters, not as their boxes. */
const extentOf = (element: Element): { topPx: number; heightPx: number } => {
  const box = element.getBoundingClientRect()
  const texts = document.createRange()
  texts.selectNodeContents(element)
  const inner = texts.getBoundingClientRect()
  if (inner.height === 0) return { topPx: box.top, heightPx: box.height }
  const topPx = Math.min(box.top, inner.top)
  return { topPx, heightPx: Math.max(box.bottom, inner.bottom) - topPx }
}

const moved = new WeakMap<HTMLElement, HTMLElement[]>()

/** A row of a table has no margin of its own: its cells make room. What it keeps above itself anyhow stays. */
const pushDown = (element: HTMLElement, byPx: number): HTMLElement[] => {
  const isRow = element instanceof HTMLTableRowElement
  const pushed = isRow ? Array.from(element.cells) : [element]
  const side = isRow ? 'paddingBlockStart' : 'marginBlockStart'
  for (const each of pushed) {
    const ownPx = Number.parseFloat(getComputedStyle(each)[side]) || 0
    each.style[side] = `${Math.ceil(ownPx + byPx)}px`
  }
  return pushed
}

/** Moves every row of a wall that a seam from side to side would cut to below it; strips by the page. */
export const clearRows = (root: HTMLElement, strips: readonly Strip[]): void => {
  for (const element of moved.get(root) ?? []) {
    element.style.marginBlockStart = ''
    element.style.paddingBlockStart = ''
  }
  const pushed: HTMLElement[] = []
  const step = (element: Element) => {
    if (element.matches('.unseen')) return
    const { topPx, heightPx } = extentOf(element)
    const strip = cutBy(topPx, heightPx, strips)
    if (!strip || !(element instanceof HTMLElement)) return
    if (isStack(element)) for (const child of element.children) step(child)
    else pushed.push(...pushDown(element, strip.toPx - topPx))
  }
  const parts = ':scope > :not(.ground, [data-where-from])'
  for (const part of root.querySelectorAll(parts)) step(part)
  moved.set(root, pushed)
}
