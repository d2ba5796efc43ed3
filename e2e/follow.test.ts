import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, type OpenWall, openWall } from './browser.ts'
import { pixelOf } from './map-pixel.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { waitFor } from './wait-for.ts'

const size = { widthPx: 1920, heightPx: 1080, lang: 'en' } as const
const unit = 'BD-07-A1'
const callSign = 'ELEPHANT-4'
const start = { lon: 100.85, lat: 21.98 }
/** Some 5 km a step: beyond what a followed unit may go from the middle. */
const stepDegrees = 0.05

let browser: Browser
let server: ServerProcess
let wall: OpenWall
let at = { ...start }

const tell = async (): Promise<void> => {
  const answer = await fetch(`${server.url}/ingest/tracks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/x-ndjson' },
    body: `${JSON.stringify({ unit, at: Date.now(), ...at, speedKmh: 60, headingDeg: 90 })}\n`,
  })
  expect(await answer.json()).toMatchObject({ accepted: 1 })
}
const move = async (): Promise<void> => {
  at = { lon: at.lon + stepDegrees, lat: at.lat }
  await tell()
}
const viewOf = async () => {
  const text = await wall.page.locator('.prefecture-map').getAttribute('data-view')
  const [lon, lat, zoom] = text!.split(' ').map(Number) as [number, number, number]
  return { lon, lat, zoom }
}
/** From side to side of the map's own room, as the wall shows it. */
const isInMiddle = async () => {
  const room = (await wall.page.locator('.opening').boundingBox())!
  const { x, y } = await pixelOf(wall.page, at)
  const share = Math.hypot(x - room.x - room.width / 2, y - room.y - room.height / 2) / room.width
  return share < 0.3
}
const picked = () => wall.page.locator(`[data-pick="units ${unit}"]`)
const isFollowed = async () => (await wall.page.locator('[data-followed="true"]').count()) > 0
const pick = async () => {
  // the map says where it is going, and what is drawn comes there a flight later: it is pointed at until it is hit
  await waitFor('the unit is picked', async () => {
    const { x, y } = await pixelOf(wall.page, at)
    await wall.page.mouse.click(x, y)
    await wall.page.waitForTimeout(500)
    return (await picked().count()) === 1
  })
}
const settled = async () => {
  let before = ''
  await waitFor('nothing turns the map any more', async () => {
    const now = JSON.stringify(await viewOf())
    const isSettled = now === before
    before = now
    return isSettled
  })
}

beforeAll(async () => {
  browser = await launchBrowser()
  server = await createServerProcess()
  await server.start()
  await server.post([
    {
      id: 'start',
      type: 'patrol.started',
      at: Date.now() - 60_000,
      source: 'roster',
      body: { unit, callSign },
    },
  ])
  await tell()
  wall = await openWall(browser, `${server.url}/wall?lang=en&layers=units`, size)
  await waitFor(
    'the map is drawn with the unit',
    async () =>
      (await wall.page.locator('[data-map=drawn]').count()) > 0 &&
      (await wall.page.locator('[data-units="1"]').count()) > 0,
  )
})
afterAll(async () => {
  await wall?.close()
  await browser?.close()
  await server?.remove()
})

it('a pointer that moves marks what a click would take, and marks nothing beside it', async () => {
  const { page } = wall
  const { x, y } = await pixelOf(page, at)
  expect(await page.locator('[data-pointed]').count()).toBe(0)
  await waitFor('the unit is marked', async () => {
    await page.mouse.move(x + Math.random(), y)
    return (await page.locator('[data-pointed]').count()) === 1
  })
  const cursor = () =>
    page.locator('.prefecture-map .room').evaluate((room) => getComputedStyle(room).cursor)
  await waitFor('a hand', async () => {
    await page.mouse.move(x + Math.random(), y)
    return (await cursor()) === 'pointer'
  })
  await page.mouse.move(x - 90, y - 60)
  await waitFor(
    'nothing is marked',
    async () => (await page.locator('[data-pointed]').count()) === 0,
  )
  await waitFor('no hand', async () => (await cursor()) !== 'pointer')
})

it('F follows the picked unit, by its call sign, wherever it goes; Escape goes back', async () => {
  const whole = await viewOf()
  await pick()
  expect(await picked().textContent()).toContain(callSign)
  expect(await picked().textContent()).toContain(unit)
  expect(await isFollowed()).toBe(false)
  await wall.page.keyboard.press('f')
  await waitFor('the map has gone near', async () => (await viewOf()).zoom > whole.zoom + 1)
  expect(await isFollowed()).toBe(true)
  for (let step = 0; step < 2; step++) {
    const { lon } = await viewOf()
    await move()
    await waitFor('the map goes after it', async () => (await viewOf()).lon > lon + stepDegrees / 2)
    expect(await isInMiddle()).toBe(true)
  }
  await wall.page.keyboard.press('Escape')
  await waitFor('the whole is seen again', async () => (await viewOf()).zoom === whole.zoom)
  expect(await picked().count()).toBe(0)
})

it('a hand on the map ends it: the map stays, and the unit leaves it', async () => {
  await pick()
  await wall.page.keyboard.press('f')
  await waitFor('it is followed', isFollowed)
  await wall.page.waitForTimeout(1300)
  await settled()
  const { x, y } = await pixelOf(wall.page, { lon: at.lon - 0.03, lat: at.lat - 0.01 })
  await wall.page.mouse.click(x, y)
  await waitFor('it is let go', async () => (await picked().count()) === 0)
  const before = await viewOf()
  await move()
  await waitFor('the unit has left the middle', async () => !(await isInMiddle()))
  // as long as a flight takes
  await wall.page.waitForTimeout(1500)
  expect(await viewOf()).toEqual(before)
  wall.assertNoErrors()
})

it('a P1 brings the scene back to whoever went near to something else', async () => {
  const near = await viewOf()
  await server.post([
    {
      id: 'P1',
      type: 'incident.reported',
      at: Date.now(),
      source: 'cad',
      body: {
        ...{ incident: '20261123-0001', level: 1, lon: 100.45, lat: 21.96 },
        ...{ category: 'traffic', division: '532801001', summary: 'two cars' },
      },
    },
  ])
  await waitFor('the whole is seen', async () => (await viewOf()).zoom < near.zoom - 1)
})
