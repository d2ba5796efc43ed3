import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { definitions } from '#topics/index.ts'
import { quantile } from './break/spread.ts'
import { launchBrowser, openWall } from './browser.ts'
import { picturesOf, type Reached, waitsOf, watchPictures } from './pictures.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { waitFor } from './wait-for.ts'

/** T6.4. Longer on demand: WANGLOU_LATENCY_SECONDS=300 */
const seconds = Number(process.env.WANGLOU_LATENCY_SECONDS ?? 15)
const perSecond = 200
const sendings = 10
/** A page that has just been opened still loads its map and its fonts: a wall hangs for a year. */
const warmUpSeconds = 8

let browser: Browser
let server: ServerProcess
beforeAll(async () => {
  browser = await launchBrowser()
  server = await createServerProcess()
  await server.start()
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

it('T6.4: from receipt to pixels at 200 events/s, every event', async () => {
  const wall = await openWall(browser, server.url, {
    widthPx: 1920,
    heightPx: 1080,
    lang: 'zh-CN',
  })
  await waitFor('the wall is live', async () => {
    return (await wall.page.locator('[data-link]').first().getAttribute('data-link')) === 'live'
  })
  await watchPictures(wall.page)

  const body = definitions['incident.reported']!.example
  let told = 0
  const startMs = performance.now()
  for (let n = 0; n < (warmUpSeconds + seconds) * sendings; n++) {
    const lines = Array.from({ length: perSecond / sendings }, () => {
      told += 1
      return {
        id: `l-${told}`,
        type: 'incident.reported',
        at: Date.now(),
        source: 'latency',
        body: { ...body, incident: `L-${told % 500}`, level: 2 + (told % 3) },
      }
    })
    await server.post(lines)
    await sleep(Math.max(0, startMs + ((n + 1) * 1000) / sendings - performance.now()))
  }
  const tookMs = performance.now() - startMs
  const rows = await server.sentJournal()
  expect(rows).toHaveLength(told)
  let painted: Reached[] = []
  await waitFor('the last event is painted', async () => {
    painted = await picturesOf(wall.page)
    return (painted.at(-1)?.seq ?? 0) >= told
  })
  const waits = waitsOf(rows.slice(warmUpSeconds * perSecond), painted)
  expect(waits).toHaveLength(seconds * perSecond)
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(waits, share))
  console.log(
    `T6.4: ${waits.length} events at ${Math.round((told * 1000) / tookMs)}/s, receipt to pixels: p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms (promised 1000 and 2000)`,
  )
  wall.assertNoErrors()
  await wall.close()
})
