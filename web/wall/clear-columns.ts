import { roomsBetween, type Strip } from '#web/kit/seams.ts'

/** Texts beside each other in one line, which no column keeps clear: those from the left move right, the others left. */
const fromLeft =
  '.wall-header > :is(h1, .simulated, .audience), .scene-title, .wall-foot > p:not(.journal)'
const fromRight = '.wall-header > :is(.link-state, .date, .clock), .journal > span'

/** Fewer words than these beside each other are a ladder, in sizes of a word. */
const leastEm = 7

/** Words in several lines, at the right end of their row: they take the last screen of it that has room for them. */
const clearBlock = (block: HTMLElement, strips: readonly Strip[]): void => {
  const { left, right } = block.parentElement!.getBoundingClientRect()
  const rooms = roomsBetween(left, right, strips)
  const leastPx = leastEm * Number.parseFloat(getComputedStyle(block).fontSize)
  const room = rooms.findLast(({ lengthPx }) => lengthPx >= leastPx) ?? rooms[0]!
  block.style.marginInlineEnd = `${Math.ceil(right - room.startPx - room.lengthPx)}px`
  block.style.maxInlineSize = rooms.length > 1 ? `${Math.floor(room.lengthPx)}px` : ''
}

/** Moves the texts of the head, the foot and the map's own line off the seams from top to bottom; strips by the page. */
export const clearColumns = (root: HTMLElement, strips: readonly Strip[]): void => {
  const clear = (all: readonly HTMLElement[], side: 'marginInlineStart' | 'marginInlineEnd') => {
    for (const each of all) each.style[side] = ''
    for (const each of all) {
      for (const { fromPx, toPx } of strips) {
        const { left, right } = each.getBoundingClientRect()
        if (right <= fromPx || left >= toPx) continue
        const movePx = side === 'marginInlineStart' ? toPx - left : right - fromPx
        const own = Number.parseFloat(getComputedStyle(each)[side]) || 0
        each.style[side] = `${Math.ceil(own + movePx)}px`
      }
    }
  }
  const layers = root.querySelector<HTMLElement>('.layers')
  if (layers) clearBlock(layers, strips)
  const found = (of: string) => Array.from(root.querySelectorAll<HTMLElement>(of))
  clear(found(fromLeft), 'marginInlineStart')
  clear(found(fromRight).reverse(), 'marginInlineEnd')
}
