import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { definitions } from '#topics/index.ts'
import { restoreBackup } from '../operate/restore-backup.ts'
import { takeBackup } from '../operate/take-backup.ts'
import { type BareTab, type Looked, openBareTab } from './bare-tab.ts'
import { launchBrowser, type OpenWall, openWall } from './browser.ts'
import { type CuttableLine, openLine } from './cuttable-line.ts'
import { createFeeder, type Feeder } from './feeder.ts'
import { settledFigures } from './screen-figures.ts'
import { createServerProcess, freePort, type ServerProcess } from './server-process.ts'
import { hasPainted, readTruth, shiftTruth, type Truth, watchTruth } from './truth.ts'
import { waitFor } from './wait-for.ts'

const blockMs = 10_000
const sleepMs = 30_000
/** Beyond this it hangs, however busy the machine is. */
const hangsAfterMs = 60_000
const away = /WebSocket connection|ERR_/
const undrawn = /Failed to create WebGL context/

let browser: Browser
let server: ServerProcess
let feeder: Feeder
let wall: OpenWall
let line: CuttableLine
/** in the background from the beginning, and frozen for `sleepMs` */
let sleeper: BareTab
let frozenAt: number
const folder = mkdtempSync(join(tmpdir(), 'wanglou-stress-'))
const clockFile = join(folder, 'clock')
const figures: string[] = []

const linkOf = (page: Looked): Promise<string> =>
  page.evaluate(() => document.querySelector<HTMLElement>('main[data-link]')?.dataset.link ?? '')
const isLive = async (page: Looked) => (await linkOf(page)) === 'live'

/** The page has told no lie, and shows what the server has; what it told meanwhile. */
const expectTrue = async (page: Looked, what: string): Promise<Truth> => {
  await waitFor(`${what}: live again`, () => isLive(page), hangsAfterMs)
  await waitFor(`${what}: a picture`, () => hasPainted(page), hangsAfterMs)
  const { shown, expected } = await settledFigures(page, server.url)
  expect(shown).toEqual(expected)
  expect(shown.length).toBeGreaterThan(20)
  const truth = await readTruth(page)
  const { pictures, states, lies } = truth
  expect(lies).toEqual([])
  expect(pictures).toBeGreaterThan(0)
  figures.push(`${what}: ${pictures} pictures, ${states.join(' → ')}`)
  return truth
}

let toldBefore = 0
/** Nothing was logged on the page since this was last asked, but for what the test brought about. */
const expectNoErrors = (except = away) => {
  const told = wall.faults.slice(toldBefore)
  toldBefore = wall.faults.length
  expect(told.filter((fault) => !except.test(fault))).toEqual([])
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
  await waitFor('its timers run', async () => (await readTruth(sleeper)).ticks.length > 0)
  await sleeper.freeze(true)
  frozenAt = Date.now()
})
afterEach(() => expectNoErrors())
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
  expect((await expectTrue(wall.page, 'blocked for 10 s')).states).toContain('lost')
})

const mapOf = (page: Looked): Promise<string> =>
  page.evaluate(() => document.querySelector<HTMLElement>('[data-map]')?.dataset.map ?? '')
const isDrawn = async () => (await mapOf(wall.page)) === 'drawn'
/** The canvas that deck.gl draws on; the other one keeps the land. */
const stageCanvas = '.prefecture-map canvas:not([data-kept])'
const contexts = () =>
  wall.page.evaluate((found) => document.querySelectorAll(found).length, stageCanvas)
const loseContext = () =>
  wall.page.evaluate((found) => {
    const gl = document.querySelector<HTMLCanvasElement>(found)!.getContext('webgl2')!
    const extension = gl.getExtension('WEBGL_lose_context')!
    extension.loseContext()
    Object.assign(window, { extension })
  }, stageCanvas)

it('T5.3: a map whose context is lost is back soon, on one canvas; meanwhile it says that it is not there', async () => {
  await waitFor('the map is drawn', isDrawn, hangsAfterMs)
  await loseContext()
  const saidMs = await waitFor(
    'it says so',
    async () => (await mapOf(wall.page)) === 'lost',
    hangsAfterMs,
  )
  expect(await wall.page.locator('.prefecture-map .missing').count()).toBe(1)
  // whoever took it gives it back, and comes too late
  await wall.page.evaluate(() => {
    try {
      ;(window as unknown as { extension: WEBGL_lose_context }).extension.restoreContext()
    } catch {
      // not restorable: what is lost is replaced
    }
  })
  const tookMs = await waitFor('the map is drawn anew', isDrawn, hangsAfterMs)
  expect(await wall.page.locator('.prefecture-map .missing').count()).toBe(0)
  expect(await contexts()).toBe(1)
  figures.push(
    `context lost: said so after ${saidMs.toFixed(0)} ms, drawn again after ${(tookMs / 1000).toFixed(1)} s`,
  )
  await expectTrue(wall.page, 'context lost')
})

it('a map that cannot be drawn at all says so, shows no old picture, and is back when it can be', async () => {
  await wall.page.evaluate(() => {
    const own = HTMLCanvasElement.prototype as { getContext: unknown }
    Object.assign(window, { kept: own.getContext })
    own.getContext = () => null
  })
  await wall.page.evaluate((found) => {
    const kept = (window as unknown as { kept: typeof HTMLCanvasElement.prototype.getContext }).kept
    const canvas = document.querySelector<HTMLCanvasElement>(found)!
    const gl = Reflect.apply(kept, canvas, ['webgl2']) as WebGL2RenderingContext
    gl.getExtension('WEBGL_lose_context')!.loseContext()
  }, stageCanvas)
  await waitFor('it says so', async () => (await mapOf(wall.page)) === 'lost', hangsAfterMs)
  await sleep(3000)
  expect(await mapOf(wall.page)).not.toBe('drawn')
  expect(await wall.page.locator('.prefecture-map .missing').count()).toBe(1)
  expect(await contexts()).toBeLessThanOrEqual(1)
  await wall.page.evaluate(() => {
    const own = HTMLCanvasElement.prototype as { getContext: unknown }
    own.getContext = (window as unknown as { kept: unknown }).kept
  })
  await waitFor('the map is drawn anew', isDrawn, hangsAfterMs)
  expect(await contexts()).toBe(1)
  await expectTrue(wall.page, 'no context')
  expectNoErrors(undrawn)
})

it('a snapshot that was cut short is no state: the screen waits for a whole one', async () => {
  const shortAtStart = line.cutShort
  line.cut()
  const body = definitions['incident.handled']!.example
  await server.post(
    Array.from({ length: 400 }, (_, n) => ({
      id: `missed-${n}`,
      type: 'incident.handled',
      at: Date.now(),
      source: 'cad',
      body: { ...body },
    })),
  )
  // enough for the handshake and a welcome, not for what follows
  line.cutAfter(3000)
  await waitFor('three were cut short', () => line.cutShort >= shortAtStart + 3, hangsAfterMs)
  expect(await isLive(wall.page)).toBe(false)
  line.mend()
  await expectTrue(wall.page, 'snapshot cut short')
})

const clockOf = (page: Looked): Promise<number> =>
  page.evaluate(() => Number(document.querySelector<HTMLElement>('main[data-link]')!.dataset.now))

it('a server whose clock is an hour off is shown as it is, by its own clock', async () => {
  for (const shiftMs of [3_600_000, -3_600_000, 0]) {
    await server.end('SIGTERM')
    await waitFor('the page has noticed', async () => !(await isLive(wall.page)), hangsAfterMs)
    writeFileSync(clockFile, String(shiftMs))
    await server.start()
    await waitFor('live again', () => isLive(wall.page), hangsAfterMs)
    await shiftTruth(wall.page, shiftMs)
    await readTruth(wall.page)
    await sleep(1500)
    const offMs = Math.abs((await clockOf(wall.page)) - (Date.now() + shiftMs))
    // how near is what every picture is held against; here it only must not be another clock's
    expect(offMs).toBeLessThan(60_000)
    await expectTrue(wall.page, `clock ${shiftMs / 3_600_000} h ahead, shown ${offMs} ms off`)
  }
})

/** Reports of a level that another history has not: as many of each, and the screens differ all the same. */
const report = async (name: string, count: number, level: number) => {
  const { accepted } = await server.post(
    Array.from({ length: count }, (_, n) => ({
      id: `${name}-${n}`,
      type: 'incident.reported',
      at: Date.now(),
      source: 'cad',
      body: { ...definitions['incident.reported']!.example, incident: `${name}-${n}`, level },
    })),
  )
  expect(accepted).toBe(count)
}
/** Its server goes, comes back with the journal that `replace` puts there, and hears more than the page had. */
const comeBackOther = async (what: string, replace: () => unknown) => {
  await report(`${what}-lost`, 30, 1)
  await settledFigures(wall.page, server.url)
  line.cut()
  await server.end('SIGKILL')
  rmSync(server.folder, { recursive: true })
  await replace()
  await server.start()
  await report(`${what}-new`, 60, 4)
  line.mend()
  await expectTrue(wall.page, what)
}

it('a server that comes back with an older journal is shown as it is', async () => {
  const backup = await takeBackup(server.folder, join(folder, 'backups'))
  await comeBackOther('restored', () => {
    mkdirSync(server.folder, { mode: 0o700 })
    return restoreBackup(backup.folder, server.folder)
  })
})

it('so is one whose whole machine was put back, journal and epoch and all', async () => {
  await server.end('SIGTERM')
  cpSync(server.folder, join(folder, 'copy'), { recursive: true })
  await server.start()
  await waitFor('live again', () => isLive(wall.page), hangsAfterMs)
  await comeBackOther('put-back', () =>
    cpSync(join(folder, 'copy'), server.folder, { recursive: true }),
  )
})

it('a page that slept is true from its first picture on', async () => {
  await sleep(Math.max(0, frozenAt + sleepMs - Date.now()))
  const thawedAt = Date.now()
  await sleeper.freeze(false)
  await sleeper.bringToFront()
  const { states, ticks } = await expectTrue(sleeper, 'frozen for 30 s')
  expect(states).toContain('lost')
  // or it never slept; a task that had begun may end
  const asleepAt = frozenAt + 1000
  expect(ticks.filter((at) => at > asleepAt && at < thawedAt)).toEqual([])
})
