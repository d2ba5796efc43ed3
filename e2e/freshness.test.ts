import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lostAfterMs } from '#protocol/feed.ts'
import { definitions } from '#topics/index.ts'
import { launchBrowser, type OpenWall, openWall } from './browser.ts'
import { type CuttableLine, openLine } from './cuttable-line.ts'
import { createFeeder, type Feeder } from './feeder.ts'
import { openProgramScreen, type ProgramScreen } from './program-screen.ts'
import { createServerProcess, freePort, type ServerProcess } from './server-process.ts'
import { waitFor } from './wait-for.ts'

const intervalMs = 6000
const exampleOf = (type: string) => definitions[type]!.example

let browser: Browser
let server: ServerProcess
let line: CuttableLine
let wall: OpenWall
let keeper: ProgramScreen
const figures: string[] = []

/** One source a topic, each with something to say every second. */
const feeders: Record<string, Feeder> = {}

beforeAll(async () => {
  browser = await launchBrowser()
  const linePort = await freePort()
  server = await createServerProcess({ WANGLOU_ORIGINS: `http://127.0.0.1:${linePort}` })
  await server.start()
  line = await openLine(linePort, server.port)
  const linesOf = {
    incidents: (n: number) => [
      {
        type: 'incident.reported',
        body: { ...exampleOf('incident.reported'), incident: `F-${n}`, level: 3 },
      },
    ],
    'anti-fraud': () => [{ type: 'fraud.measured', body: exampleOf('fraud.measured') }],
    'grid-cells': () => [{ type: 'cell.reported', body: exampleOf('cell.reported') }],
    patrols: (n: number) => [
      {
        type: 'patrol.rollCalled',
        body: { unit: 'JH-12', answered: n % 2 === 0 },
      },
    ],
  }
  for (const [topic, lines] of Object.entries(linesOf)) {
    feeders[topic] = createFeeder(server, { source: `${topic}-source`, intervalMs, lines })
    feeders[topic].start()
  }
  keeper = openProgramScreen(server.url, server.token)
  wall = await openWall(browser, `${line.url}/?screen=hall&dim=day`, {
    widthPx: 3840,
    heightPx: 1080,
    lang: 'zh-CN',
  })
})
afterAll(async () => {
  await Promise.all(Object.values(feeders).map((feeder) => feeder.stop()))
  keeper?.stop()
  line?.close()
  await browser?.close()
  await server?.remove()
  if (figures.length > 0) console.log(`freshness: ${figures.join(' · ')}`)
})

/** Every panel's freshness, by its name. */
const panelsOf = (page: Page): Promise<Record<string, string>> =>
  page.locator('[data-panel]').evaluateAll((panels) =>
    Object.fromEntries(
      panels.map((panel) => {
        const { panel: name = '', freshness = '' } = (panel as HTMLElement).dataset
        return [name, freshness]
      }),
    ),
  )
/** Of the values in a panel: the sum of the channels of their colour. */
const brightness = (panel: Locator): Promise<number> =>
  panel.evaluate((element) => {
    const within = Array.from(element.children).find((child) => !child.matches('.panel-head'))!
    const colour = getComputedStyle(within).getPropertyValue('--paper').trim()
    return [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(colour.slice(at, at + 2), 16), 0)
  })
const isOf = (topic: string, panel: string) => panel.startsWith(`${topic}.`)

const allLive = async () =>
  Object.entries(await panelsOf(wall.page))
    .filter(([panel]) => Object.keys(feeders).some((topic) => isOf(topic, panel)))
    .every(([, freshness]) => freshness === 'live')

it('T6.1: a source that is cut is on all its tiles within twice its interval, on no other, and goes again', async () => {
  await waitFor('every tile is live', allLive)
  for (const [topic, feeder] of Object.entries(feeders)) {
    const panelOf = wall.page.locator(`[data-panel^="${topic}."]`).first()
    const liveBrightness = await brightness(panelOf)
    await feeder.stop()
    const saysSo = async () =>
      Object.entries(await panelsOf(wall.page)).every(
        ([panel, freshness]) => !isOf(topic, panel) || freshness === 'silent',
      )
    await waitFor(`${topic} is silent`, saysSo, 2 * intervalMs)
    const saidAfterMs = Date.now() - feeder.lastWordMs
    expect(saidAfterMs).toBeLessThanOrEqual(2 * intervalMs)
    figures.push(`${topic} cut: said after ${(saidAfterMs / 1000).toFixed(1)} s`)

    const panels = await panelsOf(wall.page)
    for (const [panel, freshness] of Object.entries(panels)) {
      if (Object.keys(feeders).some((other) => other !== topic && isOf(other, panel)))
        expect([panel, freshness]).toEqual([panel, 'live'])
    }
    const name = Object.keys(panels).find((panel) => isOf(topic, panel))!
    const panel = wall.page.locator(`[data-panel="${name}"]`)
    expect(await panel.locator('.age svg').count()).toBe(1)
    expect(await panel.locator('.age').innerText()).toMatch(/失联 \d+ 秒/)
    expect(await brightness(panel)).toBeLessThan(0.8 * liveBrightness)

    feeder.start()
    await waitFor(`${topic} is heard again`, allLive)
  }
  wall.assertNoErrors()
})

it('T6.1: a source that has nothing to say but is alive is quiet, not silent', async () => {
  const quiet = createFeeder(server, {
    source: 'patrols-source',
    intervalMs: 5000,
    lines: () => [],
  })
  await feeders.patrols!.stop()
  quiet.start()
  await sleep(15_000)
  expect(await allLive()).toBe(true)
  await quiet.stop()
  feeders.patrols!.start()
})

it('T6.2: when nothing comes through any more, the whole wall says so within 10 s, and stops saying it', async () => {
  await waitFor('every tile is live', allLive)
  const linkOf = () => wall.page.locator('[data-link]').first().getAttribute('data-link')
  line.stall()
  const lostAfter = await waitFor('the wall is lost', async () => (await linkOf()) === 'lost')
  expect(lostAfter).toBeLessThanOrEqual(10_000)
  expect(await wall.page.locator('[data-notice="lost"]').innerText()).toContain('连接中断')
  expect(new Set(Object.values(await panelsOf(wall.page)))).toEqual(new Set(['lost']))
  const freshnesses = await wall.page
    .locator('[data-figure]')
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.freshness))
  expect(new Set(freshnesses)).toEqual(new Set(['lost']))
  // H13: a clock that nobody sets is none
  const clock = () => wall.page.locator('[data-clock]').innerText()
  expect(await clock()).toMatch(/^末次消息\s*\d+ 秒前$/)
  line.mend()
  const backAfter = await waitFor('the wall is live again', allLive)
  expect(await clock()).toMatch(/^\d\d:\d\d:\d\d$/)
  figures.push(
    `packets dropped: said after ${(lostAfter / 1000).toFixed(1)} s (limit ${lostAfterMs / 1000} s without a frame), over ${(backAfter / 1000).toFixed(1)} s after the mend`,
  )
  wall.assertNoErrors(/WebSocket/)
})

const isFrozen = () => keeper.link.faults.some(({ id }) => id === 'screen:hall')

it('T6.3: a page whose thread is blocked is known to everybody else within 30 s, until it draws again', async () => {
  await waitFor('nobody is frozen', () => !isFrozen())
  void wall.page
    .evaluate((blockedMs) => {
      setTimeout(() => {
        const until = performance.now() + blockedMs
        while (performance.now() < until);
      }, 0)
    }, 32_000)
    .catch(() => {})
  const knownAfter = await waitFor('the blocked page is a fault', isFrozen)
  expect(knownAfter).toBeLessThanOrEqual(30_000)
  const overAfter = await waitFor('the page is no fault any more', () => !isFrozen(), 60_000)
  figures.push(
    `page blocked: known after ${(knownAfter / 1000).toFixed(1)} s, over ${((knownAfter + overAfter) / 1000 - 32).toFixed(1)} s after it went on`,
  )
})

it('T6.3: so is a page that goes on counting but draws no more', async () => {
  await waitFor('nobody is frozen', () => !isFrozen())
  await wall.page.evaluate(() => {
    const own = window as { kept?: typeof requestAnimationFrame }
    own.kept = window.requestAnimationFrame
    window.requestAnimationFrame = () => 0
  })
  const knownAfter = await waitFor('the page that does not draw is a fault', isFrozen)
  expect(knownAfter).toBeLessThanOrEqual(30_000)
  await wall.page.evaluate(() => {
    window.requestAnimationFrame = (window as { kept?: typeof requestAnimationFrame }).kept!
  })
  await waitFor('the page is no fault any more', () => !isFrozen())
  figures.push(`pictures stopped: known after ${(knownAfter / 1000).toFixed(1)} s`)
})
