import type { Page } from 'playwright-core'
import type { Rgb } from './colour.ts'
import type { Box } from './pixels.ts'

/** A text as it stands on a wall. */
export interface SeenText {
  text: string
  /** device px */
  fontPx: number
  /** of its ink, what dims it taken in */
  colour: Rgb
  opacity: number
  /** CSS px */
  box: Box
  /** what stands out by rule: a figure's digits, a word of an alarm */
  kind: 'value' | 'alarm' | 'word'
  /** a name or a heading, which stands there whatever happens */
  isChrome: boolean
  /** the panel or part of the wall that it stands in */
  place: string
}

export interface SeenWall {
  texts: SeenText[]
  panels: { name: string; freshness: string; box: Box }[]
  /** the parts that the eye sees as one, by name */
  groups: string[]
  alarmZone: Box
  /** as the page has it: CSS px, and device px to each */
  sizePx: [number, number]
  perCssPx: number
}

/** Reads a wall at one moment: every text in sight with its size, ink and place; every panel, every part. */
export const readWall = (page: Page): Promise<SeenWall> =>
  page.evaluate(() => {
    const boxOf = ({ left, top, width, height }: DOMRect) => ({ left, top, width, height })
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect()
      return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true })
    }
    const rgbOf = (text: string) =>
      (text.match(/[\d.]+/g) ?? ['0', '0', '0']).slice(0, 3).map(Number) as unknown as Rgb
    const opacityOf = (element: Element | null): number =>
      element ? Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement) : 1
    const wall = document.querySelector('.wall')!
    const texts: SeenText[] = []
    const walker = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      const element = node.parentElement
      if (!text || !element || !isSeen(element)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const box = boxOf(range.getBoundingClientRect())
      // what a list hides of its last line is not in sight
      if (box.left >= innerWidth || box.top >= innerHeight || box.width === 0) continue
      const style = getComputedStyle(element)
      const isInk = element instanceof SVGElement
      // a dash says that there is no value, and an empty place that there is no alarm
      const isValue = element.closest('[data-figure] .digits') && text !== '—'
      const isAlarm = element.closest('.alarm-zone:has([data-level])')
      const kind = isValue ? ('value' as const) : isAlarm ? ('alarm' as const) : ('word' as const)
      const panel = element.closest<HTMLElement>('[data-panel]')?.dataset.panel
      texts.push({
        text,
        fontPx: Number.parseFloat(style.fontSize) * devicePixelRatio,
        colour: rgbOf(isInk ? style.fill : style.color),
        opacity: opacityOf(element),
        box,
        kind,
        isChrome: element.closest('h1, h2, dt, th, .layers, .wall-foot') !== null,
        place: panel ?? element.closest('.wall > *')?.className ?? '',
      })
    }
    const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')]
      .filter(isSeen)
      .map((panel) => ({
        name: panel.dataset.panel ?? '',
        freshness: panel.dataset.freshness ?? '',
        box: boxOf(panel.getBoundingClientRect()),
      }))
    const groups = [...wall.children]
      .filter(
        (part) =>
          isSeen(part) &&
          !part.matches('.ground, [data-where-from], .over:not(:has([data-card], [data-notice]))'),
      )
      .map((part) => part.className)
    return {
      texts,
      panels,
      groups,
      alarmZone: boxOf(document.querySelector('.alarm-zone')!.getBoundingClientRect()),
      sizePx: [innerWidth, innerHeight] as [number, number],
      perCssPx: devicePixelRatio,
    }
  })
