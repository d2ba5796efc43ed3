import type { Page } from 'playwright-core'

/** A screen had come to this seq at that time, ms by the machine's clock. */
export interface Reached {
  seq: number
  at: number
}
type Global = typeof globalThis & { painted: Reached[] }

/** From now on the wall in this page keeps which seq each of its pictures is of, and when it was handed over. */
export const watchPictures = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const own = globalThis as Global
    own.painted = []
    const root = document.querySelector<HTMLElement>('[data-link]')!
    new MutationObserver(() => {
      const seq = Number(root.dataset.seq)
      // the frame that holds it has been handed over when the task after its callback runs
      requestAnimationFrame(() => setTimeout(() => own.painted.push({ seq, at: Date.now() })))
    }).observe(root, { attributes: true, attributeFilter: ['data-seq'] })
  })

export const picturesOf = (page: Page): Promise<Reached[]> =>
  page.evaluate(() => (globalThis as Global).painted)

/** How long each event waited until the screen had come to it, ms, sorted. Both lists in the order of seq. */
export const waitsOf = (
  events: readonly { seq: number; seenAt: number }[],
  reached: readonly Reached[],
): number[] => {
  let next = 0
  return events
    .map(({ seq, seenAt }) => {
      while (reached[next]!.seq < seq) next += 1
      return reached[next]!.at - seenAt
    })
    .sort((a, b) => a - b)
}
