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
  // nobody was sent for longer than a desk may take
  await report('JQ0416', 2, Date.now() - 6 * 60_000)
  const size = { widthPx: 1920, heightPx: 1080, lang: 'en' } as const
  wall = await openWall(browser, `${server.url}/wall?lang=en&screen=hall-1`, size)
  wall.page.setDefaultTimeout(30_000)
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

const report = async (incident: string, level: number, at: number) => {
  const body = { ...definitions['incident.reported']!.example, incident, level }
  const line = { id: incident, type: 'incident.reported', at, source: 'cad', body }
  expect(await server.post([line])).toMatchObject({ accepted: 1 })
}
/** The first alarm; a page that a busy machine holds up is another. */
const own = (page: Page) => page.locator('.alarm-zone [data-row*="0416"]')
const figure = (page: Page, name: string) =>
  page.locator(`.alarm-zone [data-figure="${name}"]`).getAttribute('data-value')
const told = (page: Page, part: string) =>
  page.locator(`[data-where-from] [data-part="${part}"]`).textContent()
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

it('an alarm and the load of them say where they come from', async () => {
  const { page } = wall
  await own(page).hover()
  expect(await told(page, 'rule')).toMatch(/nobody was sent within 5 min/)
  expect(await told(page, 'sources')).toMatch(/cad/)
  expect(await told(page, 'newest')).toMatch(/arrived .* ago/)
  await page.locator('.wall-foot [data-figure]').hover()
  expect(await told(page, 'rule')).toMatch(/last ten minutes/)
  expect(await told(page, 'events')).toMatch(/\d records?/)
  // a click on an alarm answers to it, and asks nothing
  await own(page).click()
  await page.locator('[data-sheet]').waitFor()
  expect(await page.locator('[data-where-from]').count()).toBe(0)
  // what was chosen has nothing else to do when it is touched
  await page.locator('[data-choice] [data-row]').click()
  expect(await told(page, 'sources')).toMatch(/cad/)
  await page.locator('[data-field="key"]').click()
  expect(await page.locator('[data-where-from]').count()).toBe(0)
})

it('an alarm is put on the shelf for a reason and a time, is counted there, and comes back', async () => {
  const { page } = wall
  const open = Number(await figure(page, 'alarms.openP2'))
  await page.keyboard.type(server.token)
  await page.keyboard.press('Enter')
  await page.locator('[data-do="shelve"]').click()
  expect(await clippedOf(page)).toEqual([])
  expect(await covered(page)).toEqual([])
  // without a reason nothing is asked of the server
  await page.locator('[data-do="shelve-now"]').click({ force: true })
  expect(await page.locator('[data-shelf]').count()).toBe(1)
  expect(await page.locator('[data-shelf] [name="for"]:checked').inputValue()).toBe('30')
  await page.locator('[data-shelf] [value="exercise"]').check()
  await page.locator('[data-shelf] [value="60"]').check()
  await page.locator('[data-do="shelve-now"]').click()
  await own(page).waitFor({ state: 'detached' })
  const counts = [await figure(page, 'alarms.shelved'), await figure(page, 'alarms.openP2')]
  expect(counts).toEqual(['1', String(open - 1)])
  const rows = (await server.journal()).filter(({ type }) => type === 'alarm.shelved')
  expect(rows.map(({ body }) => body.reason)).toEqual(['exercise'])
  expect(Math.abs((rows[0]!.body.until as number) - rows[0]!.at - 3_600_000)).toBeLessThan(1000)
  await page.locator('[data-do="unshelve"]').click()
  await own(page).waitFor()
  expect(await figure(page, 'alarms.shelved')).toBe('0')
  // the next one has no key
  await page.locator('.sheet-key button').click()
  await page.keyboard.press('Escape')
})

it('somebody with the key takes an alarm on at the wall; the journal has who it was', async () => {
  const { page } = wall
  await report('JQ0417', 1, Date.now())
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
