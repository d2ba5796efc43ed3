import type { Page } from 'playwright-core'

/**
 * Words on a wall that do not show whole, or stand outside of it; and whether it scrolls. Looked for just after a
 * picture: between a word that comes and the next picture the columns are not yet laid out anew.
 */
export const clippedOf = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    const faults: string[] = []
    for (const element of document.querySelectorAll<Element>('body *')) {
      const own = [...element.childNodes].some(
        (node) => node.nodeType === 3 && node.textContent?.trim(),
      )
      if (!own) continue
      const box = element.getBoundingClientRect()
      if (box.width === 0 || getComputedStyle(element).visibility === 'hidden') continue
      // what a list has scrolled away is no fault of it, nor how far below its edge a row goes on
      const list = element.closest('[role="listbox"]')?.getBoundingClientRect()
      if (list && (box.top >= list.bottom - 1 || box.bottom <= list.top + 1)) continue
      const topPx = Math.max(box.top, list?.top ?? box.top)
      const bottomPx = Math.min(box.bottom, list?.bottom ?? box.bottom)
      const isOut =
        box.left < -1 || topPx < -1 || box.right > innerWidth + 1 || bottomPx > innerHeight + 1
      // a text that may be long ends in an ellipsis, which says so; anything else must show whole
      const mayEnd = getComputedStyle(element).textOverflow === 'ellipsis'
      // what a drawing measures of its texts is not in pixels
      const isText = element instanceof HTMLElement && element.clientWidth > 0
      const isCut = !mayEnd && isText && element.scrollWidth > element.clientWidth + 1
      if (isOut || isCut)
        faults.push(`${element.tagName} "${element.textContent?.trim().slice(0, 40)}"`)
    }
    const { scrollWidth, scrollHeight } = document.documentElement
    if (scrollWidth > innerWidth || scrollHeight > innerHeight)
      faults.push(`scrolls: ${scrollWidth}×${scrollHeight}`)
    return faults
  })
