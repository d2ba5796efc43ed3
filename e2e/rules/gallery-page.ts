import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { waitFor } from '../wait-for.ts'
import { readWall, type SeenWall } from './seen.ts'

export interface Wanted {
  lang: 'zh' | 'en'
  scene: 'empty' | 'quiet' | 'busy' | 'flood' | 'silent'
  /** the wall's own scene; absent: the overview */
  wall?: string
  /** absent: it stands at the scene's now */
  clock?: 'running'
}

export const addressOf = (
  siteUrl: string,
  { lang, scene, wall = 'overview', clock }: Wanted,
): string =>
  `${siteUrl}/gallery/?wall=${wall}&scene=${scene}&lang=${lang}&dim=day${clock ? `&clock=${clock}` : ''}`

/** The wall once it is live, its fonts are there and nothing of it moves any more. */
export const settledWall = async (page: Page): Promise<SeenWall> => {
  await waitFor(
    'the wall is live',
    async () => (await page.locator('.wall').getAttribute('data-link')) === 'live',
  )
  // a new size is taken in with the next picture, and laid out with the one after it
  await page.evaluate(async () => {
    await document.fonts.ready
    for (let pictures = 0; pictures < 4; pictures++) await new Promise(requestAnimationFrame)
  })
  const shapeOf = ({ panels, texts, sizePx }: SeenWall) => JSON.stringify([panels, texts, sizePx])
  let before = await readWall(page)
  for (let tries = 0; tries < 40; tries++) {
    await sleep(120)
    const now = await readWall(page)
    if (shapeOf(now) === shapeOf(before)) return now
    before = now
  }
  throw new Error('the wall does not come to rest')
}
