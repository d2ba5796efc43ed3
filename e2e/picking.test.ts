import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './browser.ts'
import { pixelOf } from './map-pixel.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { waitFor } from './wait-for.ts'

/** Sizes of walls, real px, and what the operating system makes of a pixel; the first three always, the rest on demand. */
const all = [
  { widthPx: 1920, heightPx: 1080, scale: 1.5 },
  { widthPx: 3840, heightPx: 1080, scale: 1 },
  { widthPx: 1080, heightPx: 1920, scale: 1.25 },
  { widthPx: 1920, heightPx: 1080, scale: 1 },
  { widthPx: 1920, heightPx: 1080, scale: 1.25 },
  { widthPx: 3840, heightPx: 2160, scale: 1.5 },
  { widthPx: 7680, heightPx: 2160, scale: 1 },
  { widthPx: 4608, heightPx: 1728, scale: 1 },
]
const screens = process.env.WANGLOU_ALL_SIZES ? all : all.slice(0, 3)
/** Places far enough from each other that no two share a mark. */
const incidents = [
  { incident: '20261123-0001', level: 1, lon: 100.45, lat: 21.96 },
  { incident: '20261123-0002', level: 2, lon: 100.95, lat: 22.3 },
  { incident: '20261123-0003', level: 3, lon: 101.56, lat: 21.46 },
  { incident: '20261123-0004', level: 4, lon: 101.25, lat: 21.93 },
]
const units = [
  { unit: 'JH-01', lon: 100.7, lat: 22.25 },
  { unit: 'ML-02', lon: 101.4, lat: 21.7 },
]

let browser: Browser
let server: ServerProcess

const send = async (path: string, lines: readonly object[]) => {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/x-ndjson' },
    body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  })
  expect(await answer.json()).toMatchObject({ accepted: lines.length })
}

const pickedAt = async (page: Page, { x, y }: { x: number; y: number }): Promise<string> => {
  await page.mouse.click(x, y)
  await page.waitForTimeout(150)
  return page.evaluate(
    () => document.querySelector<HTMLElement>('[data-pick]')?.dataset.pick ?? 'nothing',
  )
}

beforeAll(async () => {
  browser = await launchBrowser()
  server = await createServerProcess()
  await server.start()
  const at = Date.now() - 60_000
  await send(
    '/ingest/events',
    incidents.map(({ incident, level, lon, lat }) => ({
      id: incident,
      type: 'incident.reported',
      at,
      source: 'picking',
      body: {
        incident,
        level,
        lon,
        lat,
        category: 'traffic',
        division: '532801001',
        summary: 'two cars',
      },
    })),
  )
  await send(
    '/ingest/tracks',
    units.map((unit) => ({ ...unit, at: Date.now(), speedKmh: 30, headingDeg: 45 })),
  )
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

describe.each(screens)('$widthPx × $heightPx at $scale', ({ widthPx, heightPx, scale }) => {
  it('a click on a mark gives that very mark, a click beside it another thing', async () => {
    const page = await browser.newPage({
      viewport: { width: Math.round(widthPx / scale), height: Math.round(heightPx / scale) },
      deviceScaleFactor: scale,
    })
    await page.goto(`${server.url}/wall?layers=incidents,units`)
    await waitFor(
      'the map is drawn with its units',
      async () =>
        (await page.locator('[data-map=drawn]').count()) > 0 &&
        (await page.locator(`[data-units="${units.length}"]`).count()) > 0,
      30_000,
    )
    await page.waitForTimeout(1200)
    const found: string[] = []
    for (const mark of [...incidents, ...units])
      found.push(await pickedAt(page, await pixelOf(page, mark)))
    expect(found).toEqual([
      ...incidents.map(({ incident }) => `incidents ${incident}`),
      ...units.map(({ unit }) => `units ${unit}`),
    ])
    const box = (await page.locator('[data-pick]').boundingBox())!
    const alarm = (await page.locator('.alarm-zone').boundingBox())!
    const isApart =
      box.x + box.width <= alarm.x ||
      box.x >= alarm.x + alarm.width ||
      box.y >= alarm.y + alarm.height ||
      box.y + box.height <= alarm.y
    expect(isApart).toBe(true)
    await page.keyboard.press('Escape')
    await waitFor(
      'the callout is gone',
      async () => (await page.locator('[data-pick]').count()) === 0,
      2000,
    )
    const { x, y } = await pixelOf(page, units[0]!)
    expect(await pickedAt(page, { x: x + 60, y: y - 60 })).toBe('nothing')
    await page.close()
  })
})
