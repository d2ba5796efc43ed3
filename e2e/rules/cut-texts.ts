import type { Page } from 'playwright-core'

/** Where the screens of a wall are joined, CSS px of the page, and how far to each side nothing may be read. */
export interface Joints {
  xs: number[]
  ys: number[]
  besidePx: number
}

/** H16: every text and every alarm box on the page that a joint cuts, and how many were looked at. */
export const cutTexts = (page: Page, joints: Joints): Promise<{ looked: number; cut: string[] }> =>
  page.evaluate(({ xs, ys, besidePx }) => {
    interface Sides {
      left: number
      right: number
      top: number
      bottom: number
    }
    const isCut = ({ left, right, top, bottom }: Sides) =>
      xs.some((x) => left < x + besidePx && right > x - besidePx) ||
      ys.some((y) => top < y + besidePx && bottom > y - besidePx)
    const cut: string[] = []
    let looked = 0
    const look = (what: string, element: Element, box: Sides) => {
      looked += 1
      if (!isCut(box)) return
      const panel = element.closest<HTMLElement>('[data-panel]')?.dataset.panel
      const place = panel ?? element.closest('.wall > *')?.className ?? ''
      const sides = [box.left, box.right, box.top, box.bottom].map(Math.round).join(' ')
      cut.push(`${place} ${what}: ${sides}`)
    }
    const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true })
    /** What a list has scrolled away nobody sees: nothing, or what is left between its edges. */
    const leftOf = (element: Element, box: Sides): Sides | null => {
      const list = element.closest('[role="listbox"]')?.getBoundingClientRect()
      if (!list) return box
      if (box.top >= list.bottom - 1 || box.bottom <= list.top + 1) return null
      const [top, bottom] = [Math.max(box.top, list.top), Math.min(box.bottom, list.bottom)]
      return { ...box, top, bottom }
    }
    const wall = document.querySelector('.wall')!
    const walker = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!node.textContent?.trim() || !element || !isSeen(element)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const halfPx = Number.parseFloat(getComputedStyle(element).fontSize) / 2
      for (const { left, right, top, bottom } of range.getClientRects()) {
        if (right - left < 1) continue
        // a line of a font is higher than its glyphs, which fill a square
        const middle = (top + bottom) / 2
        const glyphs = { left, right, top: middle - halfPx, bottom: middle + halfPx }
        const inSight = leftOf(element, glyphs)
        if (inSight) look(`"${node.textContent.trim().slice(0, 24)}"`, element, inSight)
      }
    }
    for (const box of wall.querySelectorAll('.alarm-zone > .panel, [data-alarm]'))
      if (isSeen(box)) look('alarm', box, box.getBoundingClientRect())
    return { looked, cut }
  }, joints)
