import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { sceneNow } from '#protocol/scene.ts'
import { ownSource } from '#protocol/source.ts'
import { definitions } from '#topics/index.ts'
import { scenes as told } from '#topics/scenes.ts'
import { wallSizes } from '#web/wall/wall-sizes.fixture.ts'
import { launchBrowser, type OpenWall, openWall } from './browser.ts'
import { clippedOf } from './clipped.ts'
import { heldTexts } from './held-texts.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { isBackAt } from './soak/account.ts'
import { walkScenes } from './soak/churn.ts'
import { countWebGl, type PageCounts, watchPage } from './soak/page-counts.ts'
import { waitFor } from './wait-for.ts'

const names = ['overview', 'border', 'grid', 'anti-fraud', 'forces', 'sources']
const secret = 'canary-summary-4711'
/** Walks through all scenes; `WANGLOU_WALKS=170` makes a thousand switches. */
const walks = Number(process.env.WANGLOU_WALKS ?? 4)

let browser: Browser
let server: ServerProcess
const figures: string[] = []

const report = (incident: string, level: number) => ({
  id: incident,
  type: 'incident.reported',
  at: Date.now(),
  source: 'cad',
  body: { ...definitions['incident.reported']!.example, incident, level, summary: secret },
})

beforeAll(async () => {
  browser = await launchBrowser()
  server = await createServerProcess()
  await server.start()
  const shiftMs = Date.now() - sceneNow
  for (const { busy } of Object.values(told)) {
    await server.post(
      busy
        .filter(({ source }) => source !== ownSource)
        .map(({ id, type, at, source, body }) => ({
          id: `${type}-${id}`,
          type,
          at: at + shiftMs,
          source,
          body,
        })),
      '?backfill=1',
    )
  }
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
  if (figures.length > 0) console.log(`scenes: ${figures.join(' · ')}`)
})

const sceneOf = (page: Page) => page.locator('[data-scene]').getAttribute('data-scene')
const pathOf = (page: Page) => new URL(page.url()).pathname + new URL(page.url()).search
const panelsOf = (page: Page) =>
  page
    .locator('[data-panel]')
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.panel))
const untilLive = (page: Page) =>
  waitFor('the wall is live', async () => (await page.locator('[data-link="live"]').count()) > 0)
/** A server of its own, that goes with its test. */
const startCalm = async (): Promise<ServerProcess> => {
  const calm = await createServerProcess()
  onTestFinished(() => calm.remove())
  await calm.start()
  return calm
}
const untilScene = (page: Page, name: string) =>
  waitFor(name, async () => (await sceneOf(page)) === name)

describe('scenes', () => {
  let wall: OpenWall
  const openAt = async (path: string) => {
    const size = { widthPx: 1920, heightPx: 1080, lang: 'en' } as const
    wall = await openWall(browser, `${server.url}${path}`, size)
    await untilLive(wall.page)
    return wall.page
  }

  it('each has an address that the server answers, and nothing else is one', async () => {
    for (const path of ['/wall', '/wall/border', '/wall/nowhere'])
      expect([path, (await fetch(server.url + path)).status]).toEqual([path, 200])
    expect((await fetch(`${server.url}/wall/border`)).headers.get('cache-control')).toBe('no-cache')
    for (const path of ['/api/nowhere', '/wal', '/assets/nowhere.js'])
      expect([path, (await fetch(server.url + path)).status]).toEqual([path, 404])
    const page = await openAt('/wall/border?lang=en')
    expect(await sceneOf(page)).toBe('border')
    expect(await panelsOf(page)).toContain('patrols.segments')
  })

  it('come by their digits and by arrows, each with its panels and none of another', async () => {
    const { page } = wall
    await page.keyboard.press('Digit4')
    await untilScene(page, 'anti-fraud')
    expect(pathOf(page)).toBe('/wall/anti-fraud?lang=en')
    const panels = await panelsOf(page)
    expect(panels).toContain('anti-fraud.types')
    expect(panels).not.toContain('patrols.segments')
    await page.keyboard.press('ArrowRight')
    await untilScene(page, 'forces')
    await page.keyboard.press('Digit1')
    await untilScene(page, 'overview')
    wall.assertNoErrors()
    await wall.close()
  })

  it('an address of before is the overview, with what it asked', async () => {
    const page = await openAt('/?lang=en&layers=units')
    expect(pathOf(page)).toBe('/wall?lang=en&layers=units')
    expect(await sceneOf(page)).toBe('overview')
    await wall.close()
  })

  it('turn by schedule, and a P1 brings the overview and holds it', async () => {
    const calm = await startCalm()
    const size = { widthPx: 1920, heightPx: 1080, lang: 'en' } as const
    const path = '/wall/grid?lang=en&rotate=overview:60,grid:5,forces:60'
    const { page, assertNoErrors, close } = await openWall(browser, calm.url + path, size)
    await untilLive(page)
    await waitFor('it turns', async () => (await sceneOf(page)) === 'forces')
    await calm.post([report('P1-rotate', 1)])
    await untilScene(page, 'overview')
    expect(await page.locator('[data-rotating]').getAttribute('data-rotating')).toBe('held')
    assertNoErrors()
    await close()
  })
})

describe('visitors', () => {
  const audienceOf = (page: Page) => page.locator('[data-audience]').count()

  it('see their own figures within a second of one key, and nothing of the former is left', async () => {
    await server.post([report('P1-visit', 1), report('P3-visit', 3)])
    const size = { widthPx: 1920, heightPx: 1080, lang: 'en' } as const
    const wall = await openWall(browser, `${server.url}/wall?lang=en`, size)
    const { page } = wall
    await untilLive(page)
    const hasSecret = async () => (await page.textContent('body'))?.includes(secret) ?? false
    await waitFor('the secret stands on the wall', hasSecret)
    expect((await heldTexts(page, [secret])).get(secret)).toBeGreaterThan(0)

    // by the page's own clock, from the key to the visitors' figures and to the picture that holds them
    const { figuresMs, pictureMs } = await page.evaluate(async () => {
      const startMs = performance.now()
      dispatchEvent(new KeyboardEvent('keydown', { key: 'v', code: 'KeyV' }))
      const isThere = () =>
        document.querySelector('[data-link="live"] [data-audience="visitor"]') !== null &&
        (document.querySelector<HTMLElement>('[data-figure="incidents.open"]')?.dataset.value ??
          '') !== ''
      while (!isThere() && performance.now() - startMs < 20_000)
        await new Promise((next) => setTimeout(next, 5))
      if (!isThere()) throw new Error("no visitors' figures within 20 s of the key")
      const figuresMs = performance.now() - startMs
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next)))
      return { figuresMs, pictureMs: performance.now() - startMs }
    })
    figures.push(
      `visitors' figures ${figuresMs.toFixed(0)} ms after the key, their picture ${pictureMs.toFixed(0)} ms`,
    )
    expect(await hasSecret()).toBe(false)
    expect(await page.locator('main').getAttribute('data-units')).toBe('0')
    expect(await page.locator('[data-layer]').count()).toBe(0)
    expect(await panelsOf(page)).not.toContain('patrols.forces')
    expect(pathOf(page)).toContain('audience=visitor')
    // the kept place still tells of it; after a minute history has one too
    expect(await page.locator('.alarm-zone [data-level="1"]').count()).toBeGreaterThan(0)
    const held = await heldTexts(page, [secret])
    expect(Object.fromEntries(held)).toEqual({ [secret]: 0 })

    // another P1 brings its view, and they stay visitors
    await page.keyboard.press('Digit3')
    await untilScene(page, 'grid')
    await server.post([report('P1-more', 1)])
    await untilScene(page, 'overview')
    expect(await audienceOf(page)).toBe(1)
    await page.keyboard.press('v')
    await waitFor('the wall is as before', async () => (await audienceOf(page)) === 0)
    await untilLive(page)
    expect(await page.locator('[data-layer]').count()).toBe(5)
    wall.assertNoErrors()
    await wall.close()
  })
})

it(
  'leave nothing behind, however often they come',
  async () => {
    const calm = await startCalm()
    // what stays behind does not depend on the size, and a small picture takes less long
    const size = { widthPx: 1280, heightPx: 720, lang: 'en' } as const
    const wall = await openWall(browser, `${calm.url}/wall?lang=en`, size, countWebGl)
    await untilLive(wall.page)
    await waitFor('the map', async () => (await wall.page.locator('[data-map=drawn]').count()) > 0)
    const watch = await watchPage(browser, wall.page)
    // the land of a scene is drawn once it rests, and until then part of it is not there
    const kept = wall.page.locator('[data-kept]')
    const look = async () => {
      await waitFor('the land is kept', () =>
        kept.evaluate(({ style }) => style.visibility === 'visible'),
      )
      return watch()
    }
    // what comes with the first picture of each
    await walkScenes(wall.page)
    // a busy machine draws it later: settled is what two looks agree on
    let before = await look()
    for (let tries = 0; tries < 10; tries++) {
      const again = await look()
      const isSettled = isBackAt(before, again) && isBackAt(again, before)
      before = again
      if (isSettled && tries > 0) break
    }
    const startMs = performance.now()
    for (let n = 0; n < walks; n++) await walkScenes(wall.page)
    const eachMs = (performance.now() - startMs) / walks / names.length
    let after = await look()
    for (let tries = 0; tries < 10 && !isBackAt(before, after); tries++) after = await look()
    const of = ({ nodes, listeners, glObjects, contexts, heapBytes }: PageCounts) =>
      `${nodes} nodes, ${listeners} listeners, ${glObjects} GL objects, ${contexts} context, ${(heapBytes / 2 ** 20).toFixed(1)} MiB`
    figures.push(
      `${walks * names.length} switches of ${eachMs.toFixed(0)} ms: ${of(before)} → ${of(after)}`,
    )
    expect(isBackAt(before, after)).toBe(true)
    // what stays behind once a round is a leak, however little
    expect(after.glObjects - before.glObjects).toBeLessThan(walks)
    wall.assertNoErrors()
    await wall.close()
  },
  Math.max(120_000, walks * names.length * 2000),
)

const sizes: readonly (readonly [number, number])[] = process.env.WANGLOU_ALL_SIZES
  ? wallSizes
  : [
      [1920, 1080],
      [3840, 1080],
      [1080, 1920],
      [7680, 2160],
    ]
it.each(
  sizes.flatMap(([widthPx, heightPx]) =>
    (['zh-CN', 'en'] as const).map((lang) => ({ widthPx, heightPx, lang })),
  ),
)('every scene fits $widthPx×$heightPx in $lang', async (size) => {
  const { page, assertNoErrors, close } = await openWall(
    browser,
    `${server.url}/wall?lang=${size.lang}`,
    size,
  )
  await untilLive(page)
  await page.evaluate(() => document.fonts.ready)
  // the words alone: a map that software draws would take most of the time
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('.ground')!.style.display = 'none'
  })
  for (const [index, name] of names.entries()) {
    await page.keyboard.press(`Digit${index + 1}`)
    await untilScene(page, name)
    await page.evaluate(
      () => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 50))),
    )
    expect([name, await clippedOf(page)]).toEqual([name, []])
    const shown = await page.locator('[data-panel]:visible').count()
    expect([name, shown]).toEqual([name, expect.toSatisfy((count: number) => count >= 3)])
  }
  assertNoErrors()
  await close()
})
