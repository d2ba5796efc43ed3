import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { definitions } from '#topics/index.ts'
import { launchBrowser, type OpenWall, openWall } from './browser.ts'
import { clippedOf } from './clipped.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { waitFor } from './wait-for.ts'

let browser: Browser
let server: ServerProcess
let wall: OpenWall

beforeAll(async () => {
  ;[browser, server] = await Promise.all([launchBrowser(), createServerProcess()])
  await server.start()
  const body = { ...definitions['incident.reported']!.example, incident: 'JQ0417', level: 1 }
  const grave = { id: 'grave', type: 'incident.reported', at: Date.now(), source: 'cad', body }
  expect(await server.post([grave])).toMatchObject({ accepted: 1 })
  const size = { widthPx: 1920, heightPx: 1080, lang: 'en' } as const
  wall = await openWall(browser, `${server.url}/wall?lang=en&screen=hall-1`, size)
  wall.page.setDefaultTimeout(5000)
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

const standing = (page: Page) =>
  page.locator('.alarm-zone [data-level="1"]').first().getAttribute('data-standing')
const note = (page: Page) => page.locator('[data-sheet] [role="status"]').textContent()

/** What the sheet covers of what must always be seen. */
const covered = (page: Page) =>
  page.evaluate(() => {
    const own = document.querySelector('[data-sheet]')!.getBoundingClientRect()
    return ['alarm-zone', 'head', 'foot'].filter((part) => {
      const { left, top, right, bottom } = document
        .querySelector(`.wall > .${part}`)!
        .getBoundingClientRect()
      return own.left < right && left < own.right && own.top < bottom && top < own.bottom
    })
  })

/** From the list to the first button, and presses it; on a busy machine each step takes its time. */
const pressChosen = async (page: Page) => {
  const button = page.locator('[data-do="acknowledge"]')
  await waitFor('it may be answered', async () => (await button.count()) === 1)
  await page.keyboard.press('Enter')
  await waitFor('the button is chosen', () =>
    button.evaluate((it) => it === document.activeElement),
  )
  await page.keyboard.press('Enter')
}

it('somebody with the key takes an alarm on at the wall; the journal has who it was', async () => {
  const { page } = wall
  await waitFor('the alarm stands', async () => (await standing(page).catch(() => null)) !== null)
  await page.keyboard.press('a')
  const field = page.locator('[data-field="key"]')
  await waitFor('the key can be typed', () => field.evaluate((it) => it === document.activeElement))
  expect(await field.inputValue()).toBe('')
  expect(await covered(page)).toEqual([])
  expect(await clippedOf(page)).toEqual([])
  expect(await page.locator('[data-do]').count()).toBe(0)

  // what is typed asks nothing of the wall: it holds the keys of scenes, of visitors and of figures
  await page.keyboard.type('wrong-key-3vw', { delay: 5 })
  await page.keyboard.press('Enter')
  await pressChosen(page)
  expect(await page.locator('[data-do="shelve"]').count()).toBe(0)
  await waitFor('it is refused', async () => /key is wrong/.test((await note(page)) ?? ''))
  expect(await standing(page)).toBe('unacknowledged')
  expect(await page.locator('[data-scene]').getAttribute('data-scene')).toBe('overview')
  expect(await page.locator('[data-where-from]').count()).toBe(0)

  await waitFor('it asks again', () => field.evaluate((it) => it === document.activeElement))
  await page.keyboard.type(server.token)
  await page.keyboard.press('Enter')
  await pressChosen(page)
  await waitFor('the wall shows it', async () => (await standing(page)) === 'acknowledged')
  await waitFor('nothing is under way', async () => (await note(page)) === '')
  const rows = (await server.journal()).filter(({ type }) => type === 'alarm.acknowledged')
  expect(rows).toHaveLength(1)
  expect(rows[0]!.body.actor).toEqual({ kind: 'operator', name: 'hall-1' })

  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.cookie]),
  )
  expect(kept).not.toContain(server.token)
})

it('a command that got no answer is sent again as the same, and done once', async () => {
  const { page } = wall
  const ids: string[] = []
  let isFirst = true
  await page.route('**/api/commands', async (route) => {
    ids.push((route.request().postDataJSON() as { id: string }).id)
    const answer = await route.fetch()
    // the server did it, and its answer is lost
    if (isFirst) await route.abort()
    else await route.fulfill({ response: answer })
    isFirst = false
  })
  await page.locator('[data-do="silence"]').click()
  await waitFor('it is sent again', () => ids.length === 2)
  await waitFor('it is done', async () => /silenced at/.test((await note(page)) ?? ''))
  expect(new Set(ids).size).toBe(1)
  const rows = (await server.journal()).filter(({ type }) => type === 'alarm.silenced')
  expect(rows).toHaveLength(1)
})

it('closes by Esc, and visitors have none', async () => {
  const { page } = wall
  await page.keyboard.press('Escape')
  expect(await page.locator('[data-sheet]').count()).toBe(0)
  await page.locator('.alarm-zone [data-alarm]').first().click()
  expect(await page.locator('[data-sheet]').count()).toBe(1)
  expect(await page.locator('[data-field="key"]').count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('v')
  await waitFor(
    'it is for visitors',
    async () => (await page.locator('[data-link="live"]').count()) === 1,
  )
  await page.keyboard.press('a')
  await page.locator('.alarm-zone').click()
  expect(await page.locator('[data-sheet]').count()).toBe(0)
  wall.assertNoErrors(/Failed to load resource/)
})
