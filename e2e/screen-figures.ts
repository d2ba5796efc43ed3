import type { Page } from 'playwright-core'
import type { Audience } from '#protocol/event.ts'
import type { Figure } from '#protocol/figure.ts'
import { withheldText } from '#web/kit/figure-format.ts'

/** A figure as it stands on a screen, by its attributes. */
interface Shown {
  name: string
  value: string
  /** of its newest event, ms */
  at: string
  isBlank: boolean
}
export interface Screen {
  /** ms by the server's clock */
  now: string
  seq: string
  figures: Shown[]
}

/** What stands on the screen, and as of when, read in one go. */
export const readScreen = (page: Page): Promise<Screen> =>
  page.evaluate(() => {
    const root = document.querySelector('[data-link]') as HTMLElement
    const figures = [...document.querySelectorAll<HTMLElement>('[data-figure]')].map(
      ({ dataset, textContent }) => ({
        name: dataset.figure ?? '',
        value: dataset.value ?? '',
        at: dataset.at ?? '',
        isBlank: (textContent ?? '').trim() === '',
      }),
    )
    return { now: root.dataset.now ?? '', seq: root.dataset.seq ?? '', figures }
  })

/** The same figures, as the server has them for an audience at the moment that the screen names. */
export const askFigures = async (
  url: string,
  audience: Audience,
  screen: Screen,
): Promise<{ seq: number; figures: Shown[] }> => {
  const answer = await fetch(`${url}/api/state?audience=${audience}&now=${screen.now}`)
  const state = (await answer.json()) as { seq: number; figures: Record<string, Figure> }
  const figures = screen.figures.map(({ name }): Shown => {
    const own = state.figures[name]
    if (!own) return { name, value: 'unknown to the server', at: '', isBlank: false }
    const value = withheldText(own) ?? own.value ?? ''
    return {
      name,
      value: String(value),
      at: String(own.provenance.newest?.at ?? ''),
      isBlank: false,
    }
  })
  return { seq: state.seq, figures }
}
