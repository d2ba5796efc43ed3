import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openWall } from '../browser.ts'
import { clippedOf } from '../clipped.ts'
import { cutTexts, type Joints } from './cut-texts.ts'
import { addressOf, settledWall } from './gallery-page.ts'
import { openStaticSite } from './static-site.ts'

/** Screens across and down, what a joint hides, and the sizes of the whole; all of them on demand. */
const isAll = process.env.WANGLOU_ALL_SIZES === '1'
const walls = [
  { across: 2, down: 2, hidesPx: 0, sizes: [[1920, 1080], ...(isAll ? [[3840, 2160]] : [])] },
  {
    across: 4,
    down: 2,
    hidesPx: 20,
    sizes: [[3840, 1080], [7680, 2160], ...(isAll ? [[6656, 1792]] : [])],
  },
  // no screen of it is large enough for a card
  {
    ...{ across: 3, down: 3, hidesPx: 6, hasCards: false },
    sizes: [[1920, 1080], ...(isAll ? [[3840, 2160]] : [])],
  },
  ...(isAll
    ? [
        {
          across: 3,
          down: 2,
          hidesPx: 8,
          sizes: [
            [5760, 1080],
            [4608, 1728],
          ],
        },
        { across: 1, down: 2, hidesPx: 12, sizes: [[1080, 1920]] },
      ]
    : []),
]
/** Keys of the wall's scenes: the overview, one that has panels under the map, and one whose panels are higher than a screen of three by three. */
const keys = isAll ? ['1', '2', '3', '4', '5', '6'] : ['1', '3', '5']
/** Less than what the wall itself keeps to each side. */
const besidePx = 5

let browser: Browser
let site: Awaited<ReturnType<typeof openStaticSite>>
beforeAll(async () => {
  ;[browser, site] = await Promise.all([launchBrowser(), openStaticSite()])
})
afterAll(async () => {
  await browser?.close()
  site?.close()
})

const inner = (lengthPx: number, count: number) =>
  Array.from({ length: count - 1 }, (_, n) => ((n + 1) * lengthPx) / count)
const cases = [
  { lang: 'zh', scene: 'quiet' },
  { lang: 'en', scene: 'flood' },
] as const

/** The names on the canvas have their test beside `map-labels`: to draw it, and all that is only measured, takes minutes. */
const unpainted = (page: Page) =>
  page.addInitScript(() =>
    addEventListener('DOMContentLoaded', () => {
      const style = document.createElement('style')
      style.textContent = '.room canvas { display: none } .wall { opacity: 0 }'
      document.head.append(style)
    }),
  )

/** The gallery has no server that could lose its disk. */
const tellRecording = (page: Page, recording: boolean) =>
  page.evaluate((is) => {
    const root = document.querySelector('#wall') as unknown as {
      __vue_app__: { config: { globalProperties: { $pinia: { state: { value: unknown } } } } }
    }
    const { wall } = root.__vue_app__.config.globalProperties.$pinia.state.value as {
      wall: { link: { recording: boolean } }
    }
    wall.link = { ...wall.link, recording: is }
  }, recording)

/** What lies over the wall while somebody asks for it, or must know it: how it comes, and how it goes. */
const over: Record<string, [shown: string, come: (page: Page) => unknown, go: string]> = {
  'key card': ['[data-card]', (page) => page.keyboard.press('?'), '?'],
  notice: ['[data-notice]', (page) => tellRecording(page, false), ''],
  'where from, of alarms': [
    '[data-where-from]',
    (page) => page.locator('.alarm-zone :is([data-row], [data-figure])').first().hover(),
    'Escape',
  ],
  'where from, at the foot': [
    '[data-where-from]',
    (page) => page.locator('.wall-foot [data-figure]').hover(),
    'Escape',
  ],
  'alarm sheet': [
    '[data-shelf]',
    async (page) => {
      await page.keyboard.press('a')
      await page.keyboard.type('a-key')
      await page.keyboard.press('Enter')
      const one = page.locator(
        '[role="option"]:not(:has(.level-1)):not([data-standing="returned"])',
      )
      await one.first().click()
      await page.locator('[data-do="shelve"]').click()
    },
    '',
  ],
}
/** Part of what the sheet covers, and nothing may. */
const coversAlarms = (page: Page) =>
  page.evaluate(() => {
    const zone = document.querySelector('.alarm-zone')!.getBoundingClientRect()
    return Array.from(document.querySelectorAll('[data-sheet], .over > *, [data-where-from]'))
      .map((each) => each.getBoundingClientRect())
      .some(
        ({ left, right, top, bottom }) =>
          left < zone.right && right > zone.left && top < zone.bottom && bottom > zone.top,
      )
  })

/** What is cut once the wall has come to rest, and two looks in a row see as much. */
const found = async (page: Page, joints: Joints) => {
  let before = await cutTexts(page, joints)
  for (let tries = 0; tries < 40; tries++) {
    await page.evaluate(async () => {
      for (let pictures = 0; pictures < 3; pictures++) await new Promise(requestAnimationFrame)
    })
    const now = await cutTexts(page, joints)
    if (now.looked === before.looked && now.cut.join() === before.cut.join()) return now
    before = now
  }
  throw new Error('the wall does not come to rest')
}

describe.each(cases)('$scene in $lang', ({ lang, scene }) => {
  it.each(walls)('H16: $across × $down screens cut no word and no alarm', async (wall) => {
    const { across, down, hidesPx, sizes, hasCards } = { hasCards: true, ...wall }
    const address = `${addressOf(site.url, { lang, scene })}&screen=hall-1&seams=${across}x${down}:${hidesPx}`
    const [first] = sizes
    const open = await openWall(
      browser,
      address,
      { widthPx: first![0]!, heightPx: first![1]!, lang: lang === 'zh' ? 'zh-CN' : 'en' },
      unpainted,
    )
    const { page } = open
    await settledWall(page)
    const cut: string[] = []
    for (const [width = 0, height = 0] of sizes) {
      await page.setViewportSize({ width, height })
      const joints = {
        xs: inner(width, across),
        ys: inner(height, down),
        besidePx: besidePx + hidesPx / 2,
      }
      for (const key of keys) {
        await page.keyboard.press(key)
        const seen = await found(page, joints)
        expect(seen.looked).toBeGreaterThan(60)
        cut.push(...seen.cut.map((one) => `${width}×${height} scene ${key} ${one}`))
      }
      for (const [name, [shown, come, go]] of hasCards ? Object.entries(over) : []) {
        // longest words; of the other language the card alone has lines as long as a screen
        if (lang === 'zh' && name !== 'key card') continue
        await come(page)
        await page.locator(shown).waitFor()
        const seen = await found(page, joints)
        const faults = [...seen.cut, ...(await clippedOf(page))]
        if (await coversAlarms(page)) faults.push('covers the alarms')
        cut.push(...faults.map((one) => `${width}×${height} ${name} ${one}`))
        if (name === 'alarm sheet') await page.keyboard.press('Escape')
        if (name === 'notice') await tellRecording(page, true)
        await page.keyboard.press(go || 'Escape')
        await page.locator(shown).waitFor({ state: 'detached' })
      }
    }
    open.assertNoErrors()
    await open.close()
    expect(cut).toEqual([])
  })
})
