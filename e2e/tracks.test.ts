import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, type OpenWall, openWall } from './browser.ts'
import { type CuttableLine, openLine } from './cuttable-line.ts'
import { createServerProcess, freePort, type ServerProcess } from './server-process.ts'
import { waitFor } from './wait-for.ts'

const replayScript = fileURLToPath(new URL('../mock/replay.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'wanglou-tracks-'))
let browser: Browser
let server: ServerProcess
let line: CuttableLine
let wall: OpenWall

interface Position {
  unit: string
  at: number
  lon: number
  lat: number
  speedKmh?: number
  headingDeg?: number
}
/** What the wall has to show: the newest position that the door took, by unit. */
const expected = new Map<string, Position>()
const told = (positions: readonly Position[]) => {
  for (const position of positions) {
    const known = expected.get(position.unit)
    if (!known || known.at <= position.at) expected.set(position.unit, position)
  }
}

const positionOf = (n: number, at: number, turn: number): Position => ({
  unit: `U-${n}`,
  at,
  lon: 100.2 + ((n * 37) % 300) / 200 + turn * 0.004,
  lat: 21.4 + ((n * 91) % 300) / 300,
  ...(n % 3 === 0 ? { speedKmh: 0 } : { speedKmh: 40, headingDeg: (n * 7 + turn * 10) % 360 }),
})

const post = async (positions: readonly Position[]) => {
  const answer = await fetch(`${server.url}/ingest/tracks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/x-ndjson' },
    body: positions.map((position) => `${JSON.stringify(position)}\n`).join(''),
  })
  expect(await answer.json()).toEqual({
    accepted: positions.length,
    refused: [],
    quarantined: 0,
  })
  told(positions)
}

const replay = async (file: string): Promise<string> => {
  const child = spawn(process.execPath, [replayScript, file, '--url', server.url], {
    env: { PATH: process.env.PATH, WANGLOU_INGEST_TOKEN: server.token },
  })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  const [code] = await once(child, 'close')
  expect(code).toBe(0)
  return output
}

const open = (audience = 'wall') =>
  openWall(browser, `${line.url}/?audience=${audience}&dim=day`, {
    widthPx: 1920,
    heightPx: 1080,
    lang: 'zh-CN',
  })

const attribute = async (page: Page, name: string) =>
  (await page.locator('[data-link]').first().getAttribute(name)) ?? ''
const waitForUnits = (page: Page, count: number) =>
  waitFor(`the wall is live with ${count} units`, async () => {
    const isLive = (await attribute(page, 'data-link')) === 'live'
    return isLive && (await attribute(page, 'data-units')) === String(count)
  })

/** The columns that the page draws from. */
const readUnits = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector('#wall') as unknown as {
      __vue_app__: { config: { globalProperties: { $pinia: { state: { value: unknown } } } } }
    }
    const { tracks } = (
      root.__vue_app__.config.globalProperties.$pinia.state.value as {
        wall: {
          tracks: {
            names: string[]
            table: { size: number; positions: Float32Array; fixAt: Float64Array }
          }
        }
      }
    ).wall
    const { size, positions, fixAt } = tracks.table
    return Array.from({ length: size }, (_, index) => ({
      unit: tracks.names[index] ?? '',
      lon: positions[2 * index]!,
      lat: positions[2 * index + 1]!,
      fixAt: fixAt[index]!,
    }))
  })

/** Half the diagonal of a 100 m cell, and what single precision adds. */
const placedWithinM = 75
const metresPerDeg = 111_320

const expectRight = async (page: Page) => {
  const units = await readUnits(page)
  expect(new Set(units.map(({ unit }) => unit))).toEqual(new Set(expected.keys()))
  expect(units).toHaveLength(expected.size)
  const wrong = units.flatMap(({ unit, lon, lat }) => {
    const own = expected.get(unit)!
    const eastM = (lon - own.lon) * metresPerDeg * Math.cos((own.lat * Math.PI) / 180)
    const offM = Math.hypot(eastM, (lat - own.lat) * metresPerDeg)
    return offM > placedWithinM ? [`${unit}: ${Math.round(offM)} m off`] : []
  })
  expect(wrong).toEqual([])
}

/** Pixels of the picture that have about the colour of a unit's mark. */
const markedPixels = async (page: Page): Promise<number> => {
  const picture = (await page.screenshot()).toString('base64')
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes]))
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    let count = 0
    for (let at = 0; at < data.length; at += 4) {
      const off =
        Math.abs(data[at]! - 169) + Math.abs(data[at + 1]! - 188) + Math.abs(data[at + 2]! - 211)
      if (off < 20) count += 1
    }
    return count
  }, picture)
}

beforeAll(async () => {
  browser = await launchBrowser()
  const linePort = await freePort()
  server = await createServerProcess({ WANGLOU_ORIGINS: `http://127.0.0.1:${linePort}` })
  await server.start()
  line = await openLine(linePort, server.port)
  wall = await open()
})
afterAll(async () => {
  await wall?.close()
  line?.close()
  await browser?.close()
  await server?.remove()
  rmSync(folder, { recursive: true })
})

it('shows each accepted unit of a recording once, and the impossible positions are refused by line', async () => {
  await waitForUnits(wall.page, 0)
  await waitFor(
    'the map is drawn',
    async () => (await wall.page.locator('[data-map=drawn]').count()) > 0,
  )
  await wall.page.evaluate(() => document.fonts.ready)
  const bare = await markedPixels(wall.page)

  const recordedMs = Date.UTC(2020, 0, 1)
  const lines: Position[] = []
  for (let turn = 0; turn < 4; turn++) {
    for (let n = 0; n < 300; n++) lines.push(positionOf(n, recordedMs + 1000 * turn + n, turn))
    // a row again, two units at one time, and one that is late
    lines.push(lines.at(-5)!, { ...lines.at(-8)!, at: lines.at(-5)!.at }, lines.at(-150)!)
  }
  const impossible = [
    { line: 250, fix: { ...positionOf(8, recordedMs + 249, 0), lon: 198.53 }, field: 'lon' },
    { line: 600, fix: { ...positionOf(9, recordedMs + 1299, 1), lat: 95 }, field: 'lat' },
    // one that is never anywhere else
    { line: 900, fix: { ...positionOf(999, recordedMs + 2299, 2), lon: -181 }, field: 'lon' },
  ]
  for (const { line: number, fix } of impossible) lines.splice(number - 1, 0, fix)
  const file = join(folder, 'recording.tracks.ndjson')
  writeFileSync(file, lines.map((one) => `${JSON.stringify(one)}\n`).join(''))

  const output = await replay(file)
  expect(output).toContain(
    `${(1215).toLocaleString('en-US')} positions sent: 1,212 accepted, 3 refused`,
  )
  for (const { line: number, fix, field } of impossible)
    expect(output).toContain(`line ${number} · ${fix.unit} · ${field} · `)

  told(lines.filter((one) => !impossible.some(({ fix }) => fix === one)))
  expect(expected.size).toBe(300)
  await waitForUnits(wall.page, 300)
  await sleep(1500)
  await expectRight(wall.page)
  await waitFor('they are drawn', async () => (await markedPixels(wall.page)) > bare + 5 * 300)
  // from here on times are those of the clock, so no recorded one may stand in the way
  for (const position of expected.values()) position.at = 0
  wall.assertNoErrors()
})

it('gives a newcomer the last known position of every unit, with its age', async () => {
  const oldAt = Date.now() - 10 * 60_000
  await post([{ unit: 'U-old', at: oldAt, lon: 100.8, lat: 22 }])
  await waitForUnits(wall.page, 301)
  const newcomer = await open()
  await waitForUnits(newcomer.page, 301)
  await expectRight(newcomer.page)
  const old = (await readUnits(newcomer.page)).find(({ unit }) => unit === 'U-old')!
  // the age is told within 2.2 %
  expect(Math.abs(old.fixAt - oldAt)).toBeLessThan(0.03 * 10 * 60_000)
  newcomer.assertNoErrors()
  await newcomer.close()
})

it('is right again after a cut, for those that moved meanwhile and those that did not', async () => {
  line.cut()
  const at = Date.now()
  await post([
    ...Array.from({ length: 150 }, (_, n) => positionOf(2 * n, at, 20)),
    ...Array.from({ length: 5 }, (_, n) => positionOf(400 + n, at, 0)),
  ])
  await sleep(1500)
  line.mend()
  await waitForUnits(wall.page, 306)
  await sleep(1500)
  await expectRight(wall.page)
  wall.assertNoErrors(/WebSocket connection|ERR_/)
})

it('sends visitors no unit and no position', async () => {
  const heard = { visitor: 0, wall: 0 }
  const listen = async (page: Page, who: keyof typeof heard) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (typeof payload !== 'string' || payload.startsWith('{"kind":"units"')) heard[who] += 1
      }),
    )
    await page.reload()
  }
  const visitor = await open('visitor')
  await listen(visitor.page, 'visitor')
  await listen(wall.page, 'wall')
  await waitForUnits(visitor.page, 0)
  await waitForUnits(wall.page, 306)
  await post(Array.from({ length: 300 }, (_, n) => positionOf(n, Date.now(), 30)))
  await post([{ unit: 'U-new', at: Date.now(), lon: 100.8, lat: 22 }])
  await waitForUnits(wall.page, 307)
  await sleep(1500)
  await expectRight(wall.page)
  expect(await readUnits(visitor.page)).toEqual([])
  expect(await attribute(visitor.page, 'data-units')).toBe('0')
  expect(heard.wall).toBeGreaterThan(1)
  expect(heard.visitor).toBe(0)
  visitor.assertNoErrors()
  await visitor.close()
})
