import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Audience, Body } from '#protocol/event.ts'
import type { Down } from '#protocol/feed.ts'
import { sceneNow } from '#protocol/scene.ts'
import { withheldNouns } from '#protocol/served.ts'
import { nounOf } from '#protocol/topic.ts'
import { topics } from '#topics/index.ts'
import { scenes } from '#topics/scenes.ts'
import { launchBrowser, type OpenWall, openWall } from './browser.ts'
import { askFigures, readScreen } from './screen-figures.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'

let browser: Browser
let server: ServerProcess

const measured = (id: string, measure: string, count: number, more: Body = {}) => ({
  id: `canary-${id}`,
  type: 'fraud.measured',
  at: Date.now(),
  source: 'canary',
  body: { measure, count, division: '532801103', ...more },
})

beforeAll(async () => {
  browser = await launchBrowser()
  server = await createServerProcess()
  await server.start()
  const shiftMs = Date.now() - sceneNow
  for (const { busy } of Object.values(scenes)) {
    const lines = busy.map(({ id, type, at, source, body }) => {
      return { id: `${type}-${id}`, type, at: at + shiftMs, source, body }
    })
    await server.post(lines, '?backfill=1')
  }
  // nobody else speaks of these sums: one is small, one is not
  await server.post([
    measured('stopped', 'funds-stopped', 3, { amountYuan: 48_613.57 }),
    measured('calls', 'calls-blocked', 4),
  ])
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

/** A scene on which every panel has room, and all that its socket brought since it was loaded. */
const watch = async (
  audience: Audience,
  scene = 'anti-fraud',
): Promise<{ wall: OpenWall; texts: string[] }> => {
  const texts: string[] = []
  const size = { widthPx: 3840, heightPx: 1080, lang: 'en' } as const
  const wall = await openWall(
    browser,
    `${server.url}/wall/${scene}?lang=en&audience=${audience}`,
    size,
  )
  wall.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload === 'string') texts.push(payload)
    }),
  )
  await wall.page.reload()
  return { wall, texts }
}

/** Until every figure on screen is the server's: what is served follows events and minutes within seconds. */
const untilEqual = async ({ page }: OpenWall, audience: Audience, least = 60) => {
  for (const startMs = performance.now(); ; await sleep(200)) {
    const screen = await readScreen(page)
    // before its first word, a screen has no time to ask for
    const asked = { ...screen, now: screen.now || '0' }
    const { seq, figures } = await askFigures(server.url, audience, asked)
    const isEqual =
      String(seq) === screen.seq && JSON.stringify(figures) === JSON.stringify(screen.figures)
    if (isEqual && figures.length > least) return figures
    if (performance.now() - startMs < 30_000) continue
    expect(screen.figures).toEqual(figures)
    throw new Error(`only ${figures.length} figures at seq ${screen.seq} of ${seq}`)
  }
}

describe.each(['shared', 'visitor'] as const)('a wall for %s', (audience) => {
  it('shows what the server has for it, figure by figure, and no small count', async () => {
    const { wall, texts } = await watch(audience)
    const first = await untilEqual(wall, audience)
    await server.post([measured(`more-${audience}`, 'calls-blocked', 4)])
    await untilEqual(wall, audience)
    const shown = new Map(first.map(({ name, value }) => [name, value]))
    const small = first.filter(
      ({ name, value }) => name.startsWith('anti-fraud.') && /^[0-4]$/.test(value),
    )
    expect(small).toEqual([])
    expect(first.filter(({ value }) => value === '<5').length).toBeGreaterThan(3)
    expect(Number(shown.get('anti-fraud.callsBlockedToday'))).toBeGreaterThan(5)
    expect(await wall.page.locator(`[data-audience='${audience}']`).count()).toBe(1)

    const withheld = withheldNouns(topics, audience)
    expect(withheld.size).toBeGreaterThan(1)
    const frames = texts.map((text) => JSON.parse(text) as Down)
    const events = frames.flatMap((frame) => (frame.kind === 'events' ? frame.events : []))
    expect(events.filter(({ type }) => withheld.has(nounOf(type)))).toEqual([])
    expect(frames.filter(({ kind }) => kind === 'served').length).toBeGreaterThan(2)
    // a number by itself, since some time of day holds its digits too
    for (const secret of [/canary-/, /(?<!\d)48613(?!\d)/, /532801001-0/, /"base"/])
      expect([secret, texts.filter((text) => secret.test(text))]).toEqual([secret, []])
    wall.assertNoErrors()
    await wall.close()
  })

  it('draws nothing of what it does not have', async () => {
    const { wall } = await watch(audience, 'grid')
    await untilEqual(wall, audience, 20)
    const layers = await wall.page
      .locator('[data-layer]')
      .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.layer))
    expect(layers).toEqual(audience === 'shared' ? ['incidents', 'units', 'patrols'] : [])
    const panelsOf = () =>
      wall.page
        .locator('[data-panel]:visible')
        .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.panel))
    expect(await panelsOf()).toContain('grid-cells.cells')
    expect(await wall.page.locator('[data-cell], .bars').count()).toBe(0)
    await wall.page.goto(`${server.url}/wall/anti-fraud?lang=en&audience=${audience}`)
    await untilEqual(wall, audience)
    expect(await panelsOf()).toContain('anti-fraud.funds')
    expect(await wall.page.locator("[data-panel^='anti-fraud'] .chart").count()).toBe(0)
    await wall.page.goto(`${server.url}/wall/forces?lang=en&audience=${audience}`)
    await untilEqual(wall, audience, 20)
    expect((await panelsOf()).includes('patrols.forces')).toBe(audience === 'shared')
    await wall.close()
  })
})

it('leaves the wall as it was: events, every count, every layer', async () => {
  const { wall, texts } = await watch('wall')
  const figures = await untilEqual(wall, 'wall')
  expect(figures.filter(({ value }) => value === '<5' || value === '*')).toEqual([])
  await server.post([measured('wall', 'calls-blocked', 1)])
  await untilEqual(wall, 'wall')
  expect(texts.some((text) => text.includes('"kind":"served"'))).toBe(false)
  expect(texts.some((text) => text.includes('canary-wall'))).toBe(true)
  expect(await wall.page.locator('[data-layer]').count()).toBe(5)
  expect(await wall.page.locator('[data-audience]').count()).toBe(0)
  wall.assertNoErrors()
  await wall.close()
})
