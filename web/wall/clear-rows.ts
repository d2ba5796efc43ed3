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

const moved = new WeakMap<HTMLElement, HTMLElement[]>()

/** A row of a table has no margin of its own: its cells make room. */
const pushDown = (element: HTMLElement, byPx: number): HTMLElement[] => {
  if (!(element instanceof HTMLTableRowElement)) {
    element.style.marginBlockStart = `${Math.ceil(byPx)}px`
    return [element]
  }
  const cells = Array.from(element.cells)
  for (const cell of cells) cell.style.paddingBlockStart = `${Math.ceil(byPx)}px`
  return cells
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
    const { top, height } = element.getBoundingClientRect()
    const strip = cutBy(top, height, strips)
    if (!strip || !(element instanceof HTMLElement)) return
    if (isStack(element)) for (const child of element.children) step(child)
    else pushed.push(...pushDown(element, strip.toPx - top))
  }
  const parts = ':scope > :not(.ground, [data-where-from])'
  for (const part of root.querySelectorAll(parts)) step(part)
  moved.set(root, pushed)
}
