import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { oneTileArchive } from '../server/http/one-tile.fixture.ts'
import { launchBrowser, openWall } from './browser.ts'
import { pixelOf } from './map-pixel.ts'
import { readPng } from './rules/read-png.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { waitFor } from './wait-for.ts'

/** The only tile that there is, in the west of the prefecture; to the east of 101.25° there is none. */
const tile = { z: 7, x: 99, y: 55 }
const inTile = { lon: 100.36, lat: 22.1 }
const beside = { lon: 101.38, lat: 22 }
const abroad = { lon: 101.6, lat: 22.6 }
/** As light and as loud as a map that is made for the day. */
const tileColour = { red: 120, green: 255, blue: 120 }
const cell = { lon: 100.3, lat: 21.9, side: 0.04 }
/** Of one township, in a row; all of them report but the last ones, and one that is on no list. */
const own = Array.from({ length: 12 }, (_, n) => `532801001-${String(n + 1).padStart(3, '0')}`)
const [shaped] = own as [string]
const unlisted = '532801001-099'

const folder = mkdtempSync(join(tmpdir(), 'wanglou-own-map-'))
let browser: Browser
let png: Buffer

beforeAll(async () => {
  browser = await launchBrowser()
  const page = await browser.newPage()
  const { red, green, blue } = tileColour
  const url = await page.evaluate((colour) => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 256
    const context = canvas.getContext('2d')!
    context.fillStyle = colour
    context.fillRect(0, 0, 256, 256)
    return canvas.toDataURL('image/png')
  }, `rgb(${red} ${green} ${blue})`)
  await page.close()
  png = Buffer.from(url.split(',')[1]!, 'base64')
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

/** The colour around a place, by the middle of its pixels: a name or a sign that stands there is less than half. */
const colourAt = async (page: Page, place: { lon: number; lat: number }) => {
  const { x, y } = await pixelOf(page, place)
  const clip = { x: Math.round(x) - 16, y: Math.round(y) - 16, width: 32, height: 32 }
  const { rgb } = readPng(await page.screenshot({ clip }))
  const middle = (channel: number) =>
    rgb.filter((_, n) => n % 3 === channel).sort()[Math.floor(rgb.length / 6)]!
  const [red, green, blue] = [middle(0), middle(1), middle(2)] as const
  return { light: (red + green + blue) / 3, greenness: green - (red + blue) / 2 }
}

const openOwn = async (map: object, layers: string) => {
  const file = join(folder, 'map.json')
  writeFileSync(file, JSON.stringify(map))
  const server = await createServerProcess({ WANGLOU_MAP: file })
  await server.start()
  const wall = await openWall(browser, `${server.url}/wall?lang=en&layers=${layers}`, {
    ...{ widthPx: 1920, heightPx: 1080, lang: 'en' },
  })
  await waitFor(
    'the map is drawn',
    async () => (await wall.page.locator('[data-map=drawn]').count()) > 0,
  )
  return { server, wall }
}

/** What the keeper's command says when it has put the own cells on the list. */
const listCells = async ({ port, token }: ServerProcess): Promise<string> => {
  const env = { ...process.env, WANGLOU_PORT: String(port), WANGLOU_INGEST_TOKEN: token }
  const command = fileURLToPath(new URL('../operate/list-cells.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [command], { env })
  return stdout
}

const expectTile = async (page: Page) => {
  const unlit = (await colourAt(page, abroad)).light
  await waitFor('the land is drawn', async () => (await colourAt(page, beside)).light > unlit + 5)
  const ground = await colourAt(page, beside)
  await waitFor(
    'the tile is drawn',
    async () => (await colourAt(page, inTile)).light > ground.light + 30,
  )
  const seen = await colourAt(page, inTile)
  // no tile's colour or light is left to compete with a sign
  const { red, green, blue } = tileColour
  expect(seen.light).toBeLessThan(0.65 * ((red + green + blue) / 3))
  expect(seen.greenness - ground.greenness).toBeGreaterThan(2)
  expect(seen.greenness - ground.greenness).toBeLessThan(0.2 * (green - (red + blue) / 2))
  // where there is none, there is the ground that comes with Wanglou: dark, and rather blue than green
  expect(ground.light).toBeLessThan(70)
  expect(ground.greenness).toBeLessThan(2)
}

it('pictures of a folder are drawn, and the deployment’s own cells; what is not there is ground, and told', async () => {
  mkdirSync(join(folder, `tiles/${tile.z}/${tile.x}`), { recursive: true })
  writeFileSync(join(folder, `tiles/${tile.z}/${tile.x}/${tile.y}.png`), png)
  const { lat, side } = cell
  const features = own.map((code, n) => {
    const lon = cell.lon + 2 * side * n
    const ring = [
      [lon - side, lat - side],
      [lon + side, lat - side],
      [lon + side, lat + side],
      [lon - side, lat + side],
      [lon - side, lat - side],
    ]
    return {
      type: 'Feature',
      properties: { code },
      geometry: { type: 'Polygon', coordinates: [ring] },
    }
  })
  writeFileSync(
    join(folder, 'cells.geojson'),
    JSON.stringify({ type: 'FeatureCollection', features }),
  )
  const { server, wall } = await openOwn(
    {
      tiles: { folder: 'tiles', extension: 'png', minZoom: tile.z, maxZoom: tile.z },
      cells: 'cells.geojson',
    },
    'grid-cells',
  )
  const { page } = wall
  await server.post(
    [...own.slice(0, 5), unlisted].map((name) => ({
      id: name,
      type: 'cell.reported',
      at: Date.now(),
      source: 'grid',
      body: { cell: name, onDuty: 1, openEvents: 1, overdueEvents: 1, closedToday: 0 },
    })),
  )
  const shown = (name: string) =>
    page.locator(`[data-figure="grid-cells.${name}"]`).first().getAttribute('data-value')
  // six report, and nobody has said of how many
  await waitFor('reports are counted', async () => (await shown('overdue')) === '6')
  const panel = page.locator('[data-panel="grid-cells.key"]')
  expect(await panel.innerText()).toContain('no cell list')
  expect(await listCells(server)).toContain('12 cells are listed in 5328 (townships: 1).')
  await waitFor('the own cells are counted', async () => (await shown('cells')) === '13')
  // under a name of its own, or a grid that has fallen silent would be taken for one that speaks
  const { figures } = await (await fetch(`${server.url}/api/state`)).json()
  expect(figures['grid-cells.listed'].provenance.sources).toEqual(['cell-list'])
  const said = await page
    .locator('[data-panel^="grid-cells."], .prefecture-map .foot')
    .allInnerTexts()
  expect(said.join()).toContain('staffed')
  expect(said.join()).not.toMatch(/synthetic|no cell list/)
  await waitFor(
    'the cell without a shape is told',
    async () => (await page.locator('[data-undrawn="1"]').count()) === 1,
  )
  await expectTile(page)
  const { x, y } = await pixelOf(page, cell)
  await page.mouse.click(x, y)
  await waitFor(
    'the own cell answers',
    async () => (await page.locator(`[data-pick="grid-cells ${shaped}"]`).count()) === 1,
  )
  // the tiles that are not there, which a browser tells in its console; nothing was asked of another server
  wall.assertNoErrors(/status of 404/)
  await wall.close()
  await server.remove()
})

it('pictures of a PMTiles file are drawn', async () => {
  writeFileSync(join(folder, 'own.pmtiles'), oneTileArchive(png, tile.z, tile.x, tile.y))
  const { server, wall } = await openOwn(
    {
      tiles: { pmtiles: 'own.pmtiles', minZoom: tile.z, maxZoom: tile.z },
    },
    'units',
  )
  await expectTile(wall.page)
  wall.assertNoErrors()
  await wall.close()
  await server.remove()
})

it('pictures of a service with a key are drawn, and the key stays with the server', async () => {
  const asked: string[] = []
  const service = createServer((request, response) => {
    asked.push(request.url ?? '')
    const isIt = request.url === `/t/${tile.z}/${tile.y}/${tile.x}?tk=a-secret`
    response.writeHead(isIt ? 200 : 404, { 'Content-Type': 'image/png' }).end(isIt ? png : '')
  })
  await once(service.listen(0, '127.0.0.1'), 'listening')
  const { port } = service.address() as AddressInfo
  writeFileSync(join(folder, 'tiles.key'), 'a-secret')
  const template = `http://127.0.0.1:${port}/t/{z}/{y}/{x}?tk={key}`
  const { server, wall } = await openOwn(
    { tiles: { template, keyFile: 'tiles.key', minZoom: tile.z, maxZoom: tile.z } },
    'units',
  )
  await expectTile(wall.page)
  expect(asked.length).toBeGreaterThan(1)
  expect(asked.filter((url) => !url.endsWith('tk=a-secret'))).toEqual([])
  const ownUrls = await wall.page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  )
  expect(ownUrls.filter((url) => url.includes('a-secret'))).toEqual([])
  // what the service does not have, the server says that it could not get
  wall.assertNoErrors(/status of 502/)
  await wall.close()
  await server.remove()
  service.close()
})
