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
/** Of the narrowest column of a wall, and of the narrowest tile: 18 and 10.4 words of the sheet's size. */
const columnPx = 270
const tilePx = 156
const isTile = ({ name }: SeenPanel) => /\.key$/.test(name)

/** Its place is never as narrow as a column. */
const alarmZone = 'alarms.zone'

/** It tells who is silent, and is no less right for it. */
const sources = 'feed-health.sources'
/** What a value is written in that may be believed. */
const paper = 'rgb(230, 237, 243)'

let all: SeenPanel[] = []
const of = (wanted: { scene: string; lang: string }) =>
  all.filter(({ scene, lang }) => scene === wanted.scene && lang === wanted.lang)
const named = (panel: SeenPanel, faults: readonly string[]) =>
  faults.map((fault) => `${panel.name}: ${fault}`)

beforeAll(async () => {
  const [browser, site] = await Promise.all([launchBrowser(), openStaticSite()])
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  const panelsOf = async (widthPx: number): Promise<SeenPanel[]> => {
    const query = `scene=${scenes.join(',')}&lang=${langs.join(',')}&width=${widthPx}`
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
    return readPanels(page)
  }
  all = (await panelsOf(columnPx)).filter((panel) => !isTile(panel))
  all.push(...(await panelsOf(tilePx)).filter(isTile))
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

describe.each(langs)('H12, in %s', (lang) => {
  it('what nobody has told for hours is marked by sign, word, age and dimness in every panel', () => {
    const told = of({ scene: 'silent', lang }).filter(({ name }) => name !== sources)
    expect(told.length).toBeGreaterThan(15)
    for (const { name, freshness, hasMark, age, figures } of told) {
      expect([name, ['stale', 'silent'].includes(freshness), hasMark]).toEqual([name, true, true])
      expect([name, age]).toEqual([name, expect.stringMatching(/\p{L}+ \d+ (小时|天|h|d)$/u)])
      const bright = figures.filter(({ ink }) => ink === paper).map((figure) => figure.name)
      expect([name, bright]).toEqual([name, []])
    }
  })

  it('what is live is neither marked nor dim', () => {
    const live = of({ scene: 'quiet', lang }).filter(({ freshness }) => freshness === 'live')
    expect(live.length).toBeGreaterThan(10)
    expect(live.filter(({ hasMark }) => hasMark)).toEqual([])
    const inks = live.flatMap(({ figures }) => figures.map(({ ink }) => ink))
    expect(inks.filter((ink) => ink === paper).length).toBeGreaterThan(40)
  })

  it('where nothing was ever told, no panel shows a number', () => {
    const shown = of({ scene: 'empty', lang }).flatMap(({ figures }) => figures)
    expect(new Set(shown.map(({ digits }) => digits))).toEqual(new Set(['—']))
  })
})
