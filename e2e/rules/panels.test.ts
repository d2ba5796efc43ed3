import { beforeAll, describe, expect, it } from 'vitest'
import { sceneNow } from '#protocol/scene.ts'
import { launchBrowser } from '../browser.ts'
import { waitFor } from '../wait-for.ts'
import { unsaid } from './said.ts'
import { readPanels, type SeenPanel } from './seen-panels.ts'
import { openStaticSite } from './static-site.ts'

const scenes = ['empty', 'quiet', 'busy', 'flood', 'silent'] as const
const langs = ['zh', 'en'] as const
const cases = scenes.flatMap((scene) => langs.map((lang) => ({ scene, lang })))
/** Panels of the narrowest column of a wall, px: 18 words of the sheet's size. */
const narrowPx = 270

/** Its place is never as narrow as a column. */
const alarmZone = 'alarms.zone'

let all: SeenPanel[] = []
const of = (wanted: { scene: string; lang: string }) =>
  all.filter(({ scene, lang }) => scene === wanted.scene && lang === wanted.lang)
const named = (panel: SeenPanel, faults: readonly string[]) =>
  faults.map((fault) => `${panel.name}: ${fault}`)

beforeAll(async () => {
  const [browser, site] = await Promise.all([launchBrowser(), openStaticSite()])
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  const query = `scene=${scenes.join(',')}&lang=${langs.join(',')}&width=${narrowPx}`
  await page.goto(`${site.url}/gallery/?${query}`)
  await waitFor('every panel is live', async () => {
    const links = await page
      .locator('.cell')
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.link))
    return links.length > 100 && links.every((link) => link === 'live')
  })
  await page.evaluate(async () => {
    await document.fonts.ready
    for (let pictures = 0; pictures < 4; pictures++) await new Promise(requestAnimationFrame)
  })
  all = await readPanels(page)
  await browser.close()
  site.close()
}, 60_000)

describe.each(cases)('every panel in $scene, $lang', (wanted) => {
  it('is there', () => {
    expect(of(wanted).length).toBeGreaterThan(15)
    expect(of(wanted).flatMap(({ figures }) => figures).length).toBeGreaterThan(80)
  })

  it('H17: prints each figure with its unit and window, and a key figure with what it is measured against', () => {
    expect(of(wanted).flatMap((panel) => named(panel, unsaid(panel, sceneNow)))).toEqual([])
  })

  it('keeps its texts apart and whole', () => {
    const placed = of(wanted).filter(({ name }) => name !== alarmZone)
    expect(placed.flatMap((panel) => named(panel, [...panel.touching, ...panel.cut]))).toEqual([])
  })
})
