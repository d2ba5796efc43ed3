import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { topics } from '#topics/index.ts'
import { genesis, partsOf, verifyChain } from '../../server/journal/chain.ts'
import { launchBrowser, openWall } from '../browser.ts'
import { foldOf } from '../journal-fold.ts'
import { createServerProcess } from '../server-process.ts'
import { waitFor } from '../wait-for.ts'

const recordings =
  process.env.WANGLOU_RECORDINGS ??
  fileURLToPath(new URL('../../../shared/data/real/recordings', import.meta.url))
const week = `${recordings}/incidents-week.events.ndjson.gz`
const replay = fileURLToPath(new URL('../../mock/replay.ts', import.meta.url))

describe.skipIf(!existsSync(week))('a recorded week of real calls', () => {
  it('goes through the door whole, and the wall shows what a fold of the journal gives', async () => {
    const server = await createServerProcess()
    await server.start()
    const env = { PATH: process.env.PATH, WANGLOU_INGEST_TOKEN: server.token }
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [replay, week, '--url', server.url],
      { env },
    )
    expect(stdout).toMatch(/25,189 accepted, 0 duplicate, 0 refused/)

    expect(await server.sentJournal()).toHaveLength(25_189)

    const browser = await launchBrowser()
    const { page, assertNoErrors } = await openWall(browser, server.url, {
      widthPx: 3840,
      heightPx: 1080,
      lang: 'zh-CN',
    })
    const root = page.locator('[data-link]').first()
    // the server journals what it notices by itself too: read until the screen is at what was read
    let rows = await server.journal()
    await waitFor('the screen is at the head', async () => {
      if ((await root.getAttribute('data-seq')) === String(rows.length)) return true
      rows = await server.journal()
      return false
    })
    expect(verifyChain(rows.map(partsOf), { seq: 0, hash: genesis }).seq).toBe(rows.length)
    const states = foldOf(rows)
    const screen = await page.evaluate(() => ({
      now: Number(document.querySelector<HTMLElement>('[data-link]')?.dataset.now),
      figures: [...document.querySelectorAll<HTMLElement>('[data-figure]')].map(({ dataset }) => [
        dataset.figure ?? '',
        dataset.value ?? '',
      ]),
    }))
    const folded = topics.flatMap(({ name, figures }) =>
      Object.entries(figures).map(([own, select]) => {
        const { value } = select(states.get(name), screen.now)
        return [`${name}.${own}`, value === null ? '' : String(value)] as const
      }),
    )
    const ofFold = new Map<string, string>(folded)
    expect(screen.figures.length).toBeGreaterThan(20)
    for (const [name, value] of screen.figures)
      expect([name, value]).toEqual([name, ofFold.get(name!)])
    expect(screen.figures.filter(([, value]) => value !== '').length).toBeGreaterThan(20)
    assertNoErrors()
    await browser.close()
    await server.remove()
  })
})
