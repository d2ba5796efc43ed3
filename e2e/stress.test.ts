import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { realWorld } from '#server/real-world.ts'
import { definitions } from '#topics/index.ts'
import { restoreBackup } from '../operate/restore-backup.ts'
import { takeBackup } from '../operate/take-backup.ts'
import { type BareTab, type Looked, openBareTab } from './bare-tab.ts'
import { launchBrowser, type OpenWall, openWall } from './browser.ts'
import { type CuttableLine, openLine } from './cuttable-line.ts'
import { createFeeder, type Feeder } from './feeder.ts'
import { settledFigures } from './screen-figures.ts'
import { createServerProcess, freePort, type ServerProcess } from './server-process.ts'
import { readTruth, shiftTruth, watchTruth } from './truth.ts'
import { waitFor } from './wait-for.ts'

const blockMs = 10_000
const sleepMs = 30_000
const away = /WebSocket connection|ERR_/

let browser: Browser
let server: ServerProcess
let feeder: Feeder
let wall: OpenWall
let line: CuttableLine
/** in the background from the beginning, and frozen for `sleepMs` */
let sleeper: BareTab
let frozenAtMs: number
const folder = mkdtempSync(join(tmpdir(), 'wanglou-stress-'))
const clockFile = join(folder, 'clock')
const figures: string[] = []

const linkOf = (page: Looked): Promise<string> =>
  page.evaluate(() => document.querySelector<HTMLElement>('main[data-link]')?.dataset.link ?? '')
const isLive = async (page: Looked) => (await linkOf(page)) === 'live'

/** The page has told no lie, and shows what the server has; which states of the link it told meanwhile. */
const expectTrue = async (page: Looked, what: string): Promise<string[]> => {
  await waitFor(`${what}: live again`, () => isLive(page))
  const { shown, expected } = await settledFigures(page, server.url)
  expect(shown).toEqual(expected)
  expect(shown.length).toBeGreaterThan(20)
  const { pictures, states, lies } = await readTruth(page)
  expect(lies).toEqual([])
  figures.push(`${what}: ${pictures} pictures, ${states.join(' → ')}`)
  return states
}

beforeAll(async () => {
  const [debugPort, linePort] = [await freePort(), await freePort()]
  browser = await launchBrowser(debugPort)
  server = await createServerProcess({
    WANGLOU_ORIGINS: `http://127.0.0.1:${linePort}`,
    NODE_OPTIONS: `--import ${fileURLToPath(new URL('./shifted-clock.ts', import.meta.url))}`,
    E2E_CLOCK_FILE: clockFile,
  })
  await server.start()
  line = await openLine(linePort, server.port)
  const body = { ...definitions['incident.reported']!.example, level: 3 }
  feeder = createFeeder(server, {
    source: 'cad',
    intervalMs: 10_000,
    lines: (n) => [{ type: 'incident.reported', body: { ...body, incident: `S-${n % 40}` } }],
  })
  feeder.start()
  sleeper = await openBareTab(debugPort)
  await watchTruth(sleeper)
  await sleeper.open(`${line.url}/?lang=en`)
  wall = await openWall(
    browser,
    `${line.url}/?lang=en`,
    { widthPx: 1920, heightPx: 1080, lang: 'en' },
    watchTruth,
  )
  for (const page of [sleeper, wall.page]) await waitFor('live', () => isLive(page))
  const other = await openBareTab(debugPort)
  await other.bringToFront()
  await sleeper.freeze(true)
  frozenAtMs = performance.now()
})
afterAll(async () => {
  await feeder?.stop()
  line?.close()
  await browser?.close()
  await server?.remove()
  rmSync(folder, { recursive: true, force: true })
  if (figures.length > 0) console.log(`stress: ${figures.join(' · ')}`)
})

it('a page that was blocked looks live to nobody before it has heard anew', async () => {
  await readTruth(wall.page)
  await wall.page.evaluate((ms) => {
    const until = performance.now() + ms
    while (performance.now() < until);
  }, blockMs)
  expect(await expectTrue(wall.page, 'blocked for 10 s')).toContain('lost')
  wall.assertNoErrors(away)
})

it('a page that slept is true from its first picture on', async () => {
  await sleep(Math.max(0, frozenAtMs + sleepMs - performance.now()))
  await sleeper.freeze(false)
  await sleeper.bringToFront()
  expect(await expectTrue(sleeper, 'frozen for 30 s')).toContain('lost')
})
