import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, type OpenWall, openWall } from '../browser.ts'
import { addressOf, settledWall, type Wanted } from './gallery-page.ts'
import { differentPixels } from './pixels.ts'
import { readPng } from './read-png.ts'
import { openStaticSite } from './static-site.ts'

let browser: Browser
let site: Awaited<ReturnType<typeof openStaticSite>>
const opened: OpenWall[] = []

beforeAll(async () => {
  ;[browser, site] = await Promise.all([launchBrowser(), openStaticSite()])
})
afterAll(async () => {
  for (const wall of opened) wall.assertNoErrors()
  await browser?.close()
  site?.close()
})

const show = async (
  wanted: Wanted,
  before: (page: Page) => Promise<unknown> = async () => {},
): Promise<Page> => {
  const lang = wanted.lang === 'zh' ? 'zh-CN' : 'en'
  const size = { widthPx: 1920, heightPx: 1080, lang } as const
  const wall = await openWall(browser, addressOf(site.url, wanted), size, before)
  opened.push(wall)
  await settledWall(wall.page)
  return wall.page
}

/** How many animations of the style sheets run. */
const movingIn = (page: Page) => page.evaluate(() => document.getAnimations().length)

it('H5: a calm wall is still: 0 pixels differ after 10 s', async () => {
  const page = await show({ lang: 'zh', scene: 'quiet' })
  // the map takes its time to be drawn once
  await sleep(3000)
  const first = readPng(await page.screenshot({ timeout: 60_000 }))
  await sleep(10_000)
  expect(differentPixels(first, readPng(await page.screenshot({ timeout: 60_000 })))).toBe(0)
  expect(await movingIn(page)).toBe(0)
  await page.close()
}, 60_000)

it('H13: while a page is blocked its clock stands, and then has the right second at once', async () => {
  const page = await show({ lang: 'zh', scene: 'quiet', clock: 'running' })
  const [before, during, after] = await page.evaluate(async () => {
    const clock = () => document.querySelector<HTMLElement>('[data-clock]')!.innerText
    const secondsOf = (text: string) =>
      text.split(':').reduce((sum, part) => 60 * sum + Number(part), 0)
    const started = performance.now()
    const first = clock()
    while (performance.now() < started + 3000);
    const stood = clock()
    await new Promise((done) => setTimeout(done, 1100))
    const passedS = (performance.now() - started) / 1000
    return [first, stood, secondsOf(clock()) - secondsOf(first) - passedS] as const
  })
  expect(before).toMatch(/^\d\d:\d\d:\d\d$/)
  expect(during).toBe(before)
  expect(Math.abs(after)).toBeLessThan(1.1)
  await page.close()
}, 60_000)

/** What is shown and not shown in turn within three seconds, looked at sixty times a second. */
const blinkingIn = (page: Page) =>
  page.evaluate(async () => {
    const look = (element: Element) => {
      const { visibility, opacity } = getComputedStyle(element)
      return `${visibility} ${opacity}`
    }
    const all = Array.from(document.querySelectorAll('.wall *'), (element) => ({
      element,
      was: look(element),
      turns: 0,
    }))
    const endsAt = performance.now() + 3000
    while (performance.now() < endsAt) {
      for (const one of all) {
        const is = look(one.element)
        if (is !== one.was) one.turns += 1
        one.was = is
      }
      await new Promise((done) => setTimeout(done, 16))
    }
    return all
      .filter(({ turns }) => turns > 0)
      .map(({ element, turns }) => {
        const { width, height } = element.getBoundingClientRect()
        return {
          what: `${element.tagName} ${element.getAttribute('class') ?? ''}`,
          isSign: element.closest('svg') !== null,
          isUnacked: element.closest('[data-standing="unacknowledged"]') !== null,
          turns,
          share: (width * height) / (innerWidth * innerHeight),
        }
      })
  })

it('H6: only the sign of an unacknowledged alarm blinks, at most twice a second', async () => {
  const page = await show({ lang: 'zh', scene: 'flood' })
  // by a style sheet nothing moves at all: it would draw the whole wall at each picture
  expect(await movingIn(page)).toBe(0)
  for (const { what, isSign, isUnacked, turns, share } of await blinkingIn(page)) {
    expect([what, isSign, isUnacked]).toEqual([what, true, true])
    // dark and light again are two turns
    expect(turns).toBeLessThanOrEqual(2 * 2 * 3 + 1)
    expect(share).toBeLessThanOrEqual(0.01)
  }
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await sleep(1100)
  expect(await blinkingIn(page)).toEqual([])
  await page.close()
}, 60_000)

it('H15: every figure and row answers where it came from, and no answer covers the alarms', async () => {
  const page = await show({ lang: 'en', scene: 'flood', wall: 'anti-fraud' })
  const rows = await page.locator('[data-row]:visible').count()
  expect(rows).toBeGreaterThan(4)
  const figures = (await page.locator('[data-figure]:visible').count()) + rows
  expect(figures).toBeGreaterThan(20)
  const asked = new Set<string>()
  const faults: string[] = []
  for (let step = 0; step < figures; step++) {
    await page.keyboard.press('w')
    const answer = await page.evaluate(async () => {
      await new Promise(requestAnimationFrame)
      const card = document.querySelector<HTMLElement>('[data-where-from]')
      const zone = document.querySelector('.alarm-zone')!
      const { figure: named, row } =
        document.querySelector<HTMLElement>('[data-asked]')?.dataset ?? {}
      const figure = named ?? `row ${row}`
      if (!card) return { figure, faults: ['no answer'] }
      const [box, kept] = [card.getBoundingClientRect(), zone.getBoundingClientRect()]
      const isOut =
        box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight
      const covers =
        box.left < kept.right &&
        kept.left < box.right &&
        box.top < kept.bottom &&
        kept.top < box.bottom
      const counted = named === undefined ? [] : ['window', 'events']
      const empty = ['rule', ...counted, 'sources', 'newest', 'state'].filter(
        (part) => !card.querySelector(`[data-part="${part}"]`)?.textContent?.trim(),
      )
      return {
        figure,
        faults: [
          ...(getComputedStyle(card).visibility === 'hidden' ? ['hidden'] : []),
          ...(isOut ? ['out of the screen'] : []),
          ...(covers ? ['covers the alarms'] : []),
          ...empty.map((part) => `no ${part}`),
        ],
      }
    })
    asked.add(answer.figure)
    faults.push(...answer.faults.map((fault) => `${answer.figure}: ${fault}`))
  }
  expect(faults).toEqual([])
  expect(asked.size).toBeGreaterThan(15)
  expect([...asked].filter((name) => name.startsWith('row '))).toHaveLength(rows)
  await page.keyboard.press('Escape')
  expect(await page.locator('[data-where-from]').count()).toBe(0)
  await page.close()
}, 60_000)
