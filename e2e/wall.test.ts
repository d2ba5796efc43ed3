import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FeedEvent } from '#protocol/event.ts'
import { sceneNow } from '#protocol/scene.ts'
import { ownSource } from '#protocol/source.ts'
import { scenes } from '#topics/scenes.ts'
import { sceneNames } from '#web/wall/scenes/scene.ts'
import { launchBrowser, type OpenWall, openWall } from './browser.ts'
import { type CuttableLine, openLine } from './cuttable-line.ts'
import { readScreen, settledFigures } from './screen-figures.ts'
import { createServerProcess, freePort, type ServerProcess } from './server-process.ts'
import { waitFor } from './wait-for.ts'

let browser: Browser
let server: ServerProcess
let line: CuttableLine

beforeAll(async () => {
  browser = await launchBrowser()
  const linePort = await freePort()
  server = await createServerProcess({ WANGLOU_ORIGINS: `http://127.0.0.1:${linePort}` })
  await server.start()
  line = await openLine(linePort, server.port)
})
afterAll(async () => {
  line?.close()
  await browser?.close()
  await server?.remove()
})

/** What the server notices by itself nobody may tell it. */
const told = (events: readonly FeedEvent[]) => events.filter(({ source }) => source !== ownSource)

let scene = 0
/** Tells a scene as if it happened now; a prefix keeps its incidents apart from those told before. */
const tell = (events: readonly FeedEvent[], query = '?backfill=1') => {
  scene += 1
  const shiftMs = Date.now() - sceneNow
  return server.post(
    told(events).map(({ id, type, at, source, body }) => ({
      id: `${scene}-${id}`,
      type,
      at: at + shiftMs,
      source,
      body: 'incident' in body ? { ...body, incident: `${scene}-${body.incident}` } : body,
    })),
    query,
  )
}

const rootOf = (page: Page) => page.locator('[data-link]').first()
const attribute = async (page: Page, name: string) => (await rootOf(page).getAttribute(name)) ?? ''

/** By its address. */
const sceneOf = (page: Page) => new URL(page.url()).pathname.split('/')[2] ?? 'overview'

const inStep = (page: Page) =>
  waitFor('the wall is live and at the head', async () => {
    const { seq } = await (await fetch(`${server.url}/healthz`)).json()
    return (
      (await attribute(page, 'data-link')) === 'live' &&
      (await attribute(page, 'data-seq')) === String(seq)
    )
  })

/** Every figure on screen is the server's, as of the time that the screen names. */
const expectEqual = async (page: Page): Promise<number> => {
  const { shown, expected } = await settledFigures(page, server.url)
  expect(shown).toEqual(expected)
  return shown.length
}

/** The panels of what senders tell; alarms are the server's own. */
const ownPanels = '[data-panel]:not([data-panel^=alarms])'
const freshness = (page: Page, panels = '[data-panel]') =>
  page
    .locator(panels)
    .evaluateAll((panels) => panels.map((panel) => (panel as HTMLElement).dataset.freshness))

describe('the wall', () => {
  let wall: OpenWall
  beforeAll(async () => {
    wall = await openWall(browser, line.url, { widthPx: 1920, heightPx: 1080, lang: 'zh-CN' })
  })
  afterAll(() => wall?.close())

  it('says "no data" and no 0 before anything has happened', async () => {
    await inStep(wall.page)
    expect(await expectEqual(wall.page)).toBeGreaterThan(10)
    expect(new Set(await freshness(wall.page, ownPanels))).toEqual(new Set(['no-data']))
    const { figures } = await readScreen(wall.page)
    const others = figures.filter(({ name }) => !name.startsWith('alarms.'))
    expect(others.filter(({ value }) => value !== '')).toEqual([])
    // that somebody watches is known from the first second
    expect(new Set(await freshness(wall.page, '[data-panel^=alarms]'))).toEqual(new Set(['live']))
    wall.assertNoErrors()
  })

  it('shows what the server folds, figure by figure', async () => {
    for (const { busy } of Object.values(scenes)) {
      const { accepted, refused } = await tell(busy)
      expect([accepted, refused]).toEqual([told(busy).length, []])
    }
    await inStep(wall.page)
    let compared = 0
    for (const digit of [6, 5, 4, 3, 2, 1]) {
      await wall.page.keyboard.press(`Digit${digit}`)
      await waitFor('its scene', async () => (await sceneOf(wall.page)) === sceneNames[digit - 1])
      compared += await expectEqual(wall.page)
      expect(new Set(await freshness(wall.page))).toEqual(new Set(['live']))
    }
    expect(compared).toBeGreaterThan(150)
    const { figures } = await readScreen(wall.page)
    expect(figures.find(({ name }) => name === 'incidents.open')?.value).toBe('12')
    expect(await wall.page.locator('[data-simulated]').count()).toBe(0)
    wall.assertNoErrors()
  })

  it('says SIMULATED as long as any figure on it holds something simulated', async () => {
    await tell(scenes.incidents!.quiet, '?backfill=1&simulated=1')
    await inStep(wall.page)
    await waitFor('the mark', async () => (await wall.page.locator('[data-simulated]').count()) > 0)
    expect(await wall.page.locator('[data-simulated]').first().textContent()).toContain('演示数据')
  })

  it('has room for the first panel of every subject', async () => {
    const seen = await wall.page
      .locator('[data-panel]:visible')
      .evaluateAll((panels) =>
        panels.map((panel) => (panel as HTMLElement).dataset.panel?.split('.')[0]),
      )
    expect(new Set(seen)).toEqual(
      new Set(['alarms', 'incidents', 'anti-fraud', 'patrols', 'grid-cells']),
    )
  })

  it('keeps its clock by the server', async () => {
    const clock = wall.page.locator('[data-clock]').first()
    const first = await clock.textContent()
    expect(first).toMatch(/\d\d:\d\d:\d\d/)
    await waitFor('the second hand moves', async () => (await clock.textContent()) !== first, 3000)
    const { serverTime } = await (await fetch(`${server.url}/api/state`)).json()
    expect(Math.abs(Number(await attribute(wall.page, 'data-now')) - serverTime)).toBeLessThan(3000)
  })

  it('says within 10 s that the connection is lost, and is right again after it', async () => {
    wall.assertNoErrors()
    line.cut()
    await tell(scenes.incidents!.quiet)
    await waitFor(
      'the wall says lost',
      async () => (await attribute(wall.page, 'data-link')) === 'lost',
      13_000,
    )
    expect(new Set(await freshness(wall.page))).toEqual(new Set(['lost']))
    expect(await wall.page.textContent('body')).toContain('连接中断')
    line.mend()
    await waitFor(
      'it is back',
      async () => (await attribute(wall.page, 'data-link')) === 'live',
      40_000,
    )
    await inStep(wall.page)
    await expectEqual(wall.page)
    expect(new Set(await freshness(wall.page))).toEqual(new Set(['live']))
    wall.assertNoErrors(/WebSocket connection|ERR_/)
  })

  it('is right again after a short cut, and after the server was killed', async () => {
    line.cut()
    line.mend()
    await tell(scenes.incidents!.quiet)
    await inStep(wall.page)
    await expectEqual(wall.page)
    await server.end('SIGKILL')
    await server.start()
    await tell(scenes.incidents!.flood)
    await waitFor(
      'it is back',
      async () => (await attribute(wall.page, 'data-link')) === 'live',
      40_000,
    )
    await inStep(wall.page)
    await expectEqual(wall.page)
    wall.assertNoErrors(/WebSocket connection|ERR_/)
  })
})

it('shows visitors no text, no unit and no mark of a place', async () => {
  await tell([...scenes.incidents!.busy])
  const { page, assertNoErrors, close } = await openWall(browser, `${line.url}/?audience=visitor`, {
    widthPx: 1920,
    heightPx: 1080,
    lang: 'en',
  })
  await inStep(page)
  const text = (await page.textContent('body')) ?? ''
  for (const secret of ['噪声扰民', '走失求助', 'U-1']) expect(text).not.toContain(secret)
  expect(
    Number(await page.locator('[data-figure="incidents.open"]').first().getAttribute('data-value')),
  ).toBeGreaterThan(0)
  assertNoErrors()
  await close()
})
