import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, openWall } from './browser.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { waitFor } from './wait-for.ts'

const dist = resolve(import.meta.dirname, '../dist')
/** Words that are in the scenes of the gallery alone. */
const sceneMark = '噪声扰民'
const atMostBytes = 650 * 1024

let browser: Browser
let server: ServerProcess

beforeAll(async () => {
  browser = await launchBrowser()
  server = await createServerProcess({})
  await server.start()
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

/** What a request is for, by its address: a hash in a name says nothing. What the page makes itself asks nobody. */
const kindOf = (url: string): string => {
  const { pathname } = new URL(url)
  if (pathname === '/') return 'page'
  if (/^\/assets\/.+\.js$/.test(pathname)) return 'script'
  if (/^\/assets\/.+\.css$/.test(pathname)) return 'style'
  if (/^\/assets\/.+\.woff2$/.test(pathname)) return 'font'
  return pathname
}

it('the first view asks its own server for a known list, and for little', async () => {
  const asked: string[] = []
  const wall = await openWall(
    browser,
    server.url,
    { widthPx: 1920, heightPx: 1080, lang: 'zh-CN' },
    async (page) => {
      page.on('request', (request) => asked.push(request.url()))
      page.on('websocket', (socket) => asked.push(socket.url().replace(/^ws/, 'http')))
    },
  )
  await waitFor(
    'map and panels stand',
    async () =>
      (await wall.page.locator('[data-link="live"] [data-panel]').count()) > 3 &&
      (await wall.page.locator('canvas').count()) > 0,
    30_000,
  )
  await waitFor('the map has its ground and its cells', async () =>
    ['/map/relief.png', '/map/cells.json'].every((last) => asked.some((url) => url.endsWith(last))),
  )
  await wall.page.waitForLoadState('networkidle')
  wall.assertNoErrors()
  await wall.close()

  const kinds = asked.filter((url) => /^http/.test(url)).map(kindOf)
  expect([...new Set(kinds)].sort()).toEqual([
    '/feed',
    '/map/borders.geojson',
    '/map/cells.json',
    '/map/counties.geojson',
    '/map/form-lines.geojson',
    '/map/outline.geojson',
    '/map/own.json',
    '/map/places.json',
    '/map/relief.json',
    '/map/relief.png',
    '/map/rivers.geojson',
    'font',
    'page',
    'script',
    'style',
  ])
  expect(kinds.filter((kind) => kind === '/feed')).toHaveLength(1)

  const scripts = [...new Set(asked.filter((url) => url.endsWith('.js')))]
  const files = scripts.map((url) => readFileSync(join(dist, new URL(url).pathname)))
  const bytes = files.reduce((sum, file) => sum + gzipSync(file).length, 0)
  const fonts = new Set(asked.filter((url) => url.endsWith('.woff2'))).size
  console.log(
    `first view: ${asked.length} requests, ${scripts.length} scripts of ${Math.round(bytes / 1024)} KB gzip, ${fonts} fonts`,
  )
  expect(bytes).toBeLessThanOrEqual(atMostBytes)
  for (const file of files) {
    expect(file.includes('ZodError')).toBe(false)
    expect(file.includes(sceneMark)).toBe(false)
  }
})

it('the gallery does carry the scenes, so that their absence says something', () => {
  const carriers = globSync('assets/*.js', { cwd: dist }).filter((file) =>
    readFileSync(join(dist, file), 'utf8').includes(sceneMark),
  )
  expect(carriers.length, 'run `npm run build` first').toBeGreaterThan(0)
})
