import { setTimeout as sleep } from 'node:timers/promises'
import type { Audience } from '#protocol/event.ts'
import type { Figure } from '#protocol/figure.ts'
import { withheldText } from '#web/kit/figure-format.ts'
import type { Looked } from './bare-tab.ts'

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
export const readScreen = (page: Looked): Promise<Screen> =>
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

/** Both as of the same seq: the server journals what it notices by itself too, and may have in between. */
export const settledFigures = async (
  page: Looked,
  url: string,
  audience: Audience = 'wall',
): Promise<{ shown: Shown[]; expected: Shown[] }> => {
  for (let tries = 0; ; tries++) {
    const screen = await readScreen(page)
    const { seq, figures } = await askFigures(url, audience, screen)
    if (String(seq) === screen.seq) return { shown: screen.figures, expected: figures }
    if (tries === 50) throw new Error(`the screen is at seq ${screen.seq}, the server at ${seq}`)
    await sleep(100)
  }
}
