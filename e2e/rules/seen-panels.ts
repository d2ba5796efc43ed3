import type { Page } from 'playwright-core'

/** A figure as it stands in a panel, and what is said of it there. */
export interface SeenFigure {
  name: string
  digits: string
  /** CSS colour of its digits */
  ink: string
  /** empty: there is no value */
  value: string
  unit: string
  /** from and to, ms; null: what stands now */
  window: readonly [number, number] | null
  /** the words that are about it and about no other figure, the nearest first; in a table its column and row are one */
  says: readonly string[]
  /** a sign stands beside it */
  hasSign: boolean
  /** stands first in a tile of its own */
  isKey: boolean
}

export interface SeenPanel {
  name: string
  scene: string
  lang: string
  freshness: string
  /** of its frame: whether there is a sign, and its words */
  hasMark: boolean
  age: string
  figures: readonly SeenFigure[]
  /** what a figure of a tile is measured against: figures and differences */
  against: number
  /** pairs of texts side by side with hardly a space between them, or one over the other */
  touching: readonly string[]
  /** texts that do not show whole */
  cut: readonly string[]
}

/** Reads every panel of the gallery's sheet that is in sight. */
export const readPanels = (page: Page): Promise<SeenPanel[]> =>
  page.evaluate(() => {
    const isSeen = (element: Element) =>
      element.getBoundingClientRect().width > 0 &&
      element.checkVisibility({ visibilityProperty: true })
    const wordsOf = (node: Node): string => {
      if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? ''
      if (!(node instanceof HTMLElement) || !isSeen(node)) return ''
      return Array.from(node.childNodes, wordsOf).join('')
    }
    const bears = (element: Element) =>
      element.matches('[data-figure]') || element.querySelector('[data-figure]') !== null
    /** A sentence, a list or a table speaks for itself. */
    const isApart = (element: Element) =>
      element.matches('p, ol, ul, table') || element.querySelector('p, ol, ul, table') !== null
    /** Of an element what is neither in that child nor beside another figure. */
    const besides = (element: Element, child: Element) =>
      Array.from(element.childNodes)
        .filter(
          (node) => node !== child && !(node instanceof Element && (bears(node) || isApart(node))),
        )
        .map(wordsOf)
        .join(' ')
    const headsOf = (cell: HTMLTableCellElement): string => {
      const table = cell.closest('table')!
      const heads = Array.from(table.tHead?.rows[0]?.cells ?? [])
      const row = cell.parentElement as HTMLTableRowElement
      return [heads[cell.cellIndex], heads[0], row.cells[0]]
        .map((each) => (each ? wordsOf(each) : ''))
        .join(' ')
    }
    const saysOf = (figure: Element, panel: Element): string[] => {
      const says = [wordsOf(figure.querySelector('.unit') ?? document.createTextNode(''))]
      let at: Element = figure
      while (at.parentElement && at.parentElement !== panel) {
        if (at instanceof HTMLTableCellElement) {
          says.push(headsOf(at))
          at = at.closest('table')!
          continue
        }
        says.push(besides(at.parentElement, at))
        at = at.parentElement
      }
      return [...says, panel.querySelector('.panel-head h2')?.textContent ?? '']
        .map((text) => text.replaceAll(/\s+/g, ' ').trim())
        .filter((text) => text !== '')
    }
    const figureOf = (figure: HTMLElement, panel: Element) => {
      const { figure: name = '', value = '', unit = '', window = '' } = figure.dataset
      const digits = figure.querySelector('.digits')!
      const [fromMs, toMs] = window.split(' ').map(Number)
      return {
        name,
        digits: digits.textContent ?? '',
        ink: getComputedStyle(digits).color,
        value,
        unit,
        window: window ? ([fromMs!, toMs!] as const) : null,
        says: saysOf(figure, panel),
        hasSign:
          figure.parentElement?.closest('dd, span, li')?.parentElement?.querySelector('svg') !=
          null,
        isKey: figure.matches('.key-tile .lead > .figure'),
      }
    }
    type Edges = Record<'left' | 'top' | 'right' | 'bottom', number>
    const textsOf = (panel: Element) => {
      const texts: { text: string; box: Edges; px: number; line: Element }[] = []
      const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement
        const text = node.textContent?.trim() ?? ''
        if (!text || !(element instanceof HTMLElement) || !isSeen(element)) continue
        const range = document.createRange()
        range.selectNodeContents(node)
        // the space at the end of a line is not drawn
        range.setEnd(node, (node.textContent ?? '').trimEnd().length)
        const px = Number.parseFloat(getComputedStyle(element).fontSize)
        let line: Element = element
        while (getComputedStyle(line).display.startsWith('inline')) line = line.parentElement!
        const { overflowX } = getComputedStyle(element)
        const most = overflowX === 'visible' ? Infinity : element.getBoundingClientRect().right
        for (const { left, top, right, bottom } of range.getClientRects())
          texts.push({ text, box: { left, top, right: Math.min(right, most), bottom }, px, line })
      }
      return texts
    }
    const touchingIn = (panel: Element): string[] => {
      const texts = textsOf(panel)
      return texts.flatMap((one, index) =>
        texts.slice(index + 1).flatMap((other) => {
          // words of one sentence stand as a sentence does
          if (one.line === other.line) return []
          const [a, b] = [one.box, other.box]
          const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
          const apart = Math.max(a.left, b.left) - Math.min(a.right, b.right)
          // the boxes of letters are higher than their ink
          const isBeside = tall > 0.6 * Math.min(a.bottom - a.top, b.bottom - b.top)
          return isBeside && apart < 0.2 * Math.min(one.px, other.px)
            ? [`"${one.text}" and "${other.text}": ${apart.toFixed(1)} px`]
            : []
        }),
      )
    }
    const cutIn = (panel: Element): string[] =>
      Array.from(panel.querySelectorAll<HTMLElement>('*'))
        .filter(
          (element) =>
            element instanceof HTMLElement &&
            isSeen(element) &&
            element.clientWidth > 0 &&
            Array.from(element.childNodes).some((n) => n.nodeType === 3 && n.textContent?.trim()) &&
            element.scrollWidth > element.clientWidth + 1,
        )
        .map((element) => element.textContent?.trim() ?? '')

    return Array.from(document.querySelectorAll<HTMLElement>('[data-panel]'))
      .filter(isSeen)
      .map((panel) => {
        const age = panel.querySelector('.age')
        return {
          name: panel.dataset.panel ?? '',
          scene: panel.closest<HTMLElement>('[data-scene]')?.dataset.scene ?? '',
          lang: panel.closest('[lang]')?.getAttribute('lang') === 'en' ? 'en' : 'zh',
          freshness: panel.dataset.freshness ?? '',
          hasMark: age?.querySelector('svg') != null,
          age: age?.textContent?.trim() ?? '',
          figures: Array.from(panel.querySelectorAll<HTMLElement>('[data-figure]'))
            .filter(isSeen)
            .map((figure) => figureOf(figure, panel)),
          against: Array.from(panel.querySelectorAll('.key-tile :is(.beside, .against)')).filter(
            (line) => isSeen(line) && /\d|—/.test(line.textContent ?? ''),
          ).length,
          touching: touchingIn(panel),
          cut: cutIn(panel),
        }
      })
  })
