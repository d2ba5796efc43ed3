import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { wallSizes } from '#web/wall/wall-sizes.fixture.ts'
import { launchBrowser, openWall } from '../e2e/browser.ts'
import { addressOf, settledWall, type Wanted } from '../e2e/rules/gallery-page.ts'
import { openStaticSite } from '../e2e/rules/static-site.ts'
import { sceneNames } from '../web/wall/scenes/scene.ts'

interface Shot extends Required<Pick<Wanted, 'lang' | 'scene' | 'wall'>> {
  name: string
  size: readonly [widthPx: number, heightPx: number]
}

const every: readonly Shot[] = sceneNames.flatMap((wall) =>
  wallSizes.flatMap((size) =>
    (['quiet', 'flood'] as const).flatMap((scene) =>
      (['zh', 'en'] as const).map((lang) => ({
        ...{ wall, size, scene, lang },
        name: `${wall}-${size.join('x')}-${scene}-${lang}`,
      })),
    ),
  ),
)

/** The six of the docs, the first of which opens the README. */
const docs: readonly Shot[] = [
  { name: 'overview', wall: 'overview', size: [3840, 1080], scene: 'busy', lang: 'en' },
  { name: 'overview-flood', wall: 'overview', size: [1920, 1080], scene: 'flood', lang: 'zh' },
  { name: 'border', wall: 'border', size: [3840, 1080], scene: 'busy', lang: 'zh' },
  { name: 'grid', wall: 'grid', size: [7680, 2160], scene: 'busy', lang: 'en' },
  { name: 'anti-fraud', wall: 'anti-fraud', size: [1920, 1080], scene: 'busy', lang: 'en' },
  { name: 'portrait', wall: 'overview', size: [1080, 1920], scene: 'quiet', lang: 'zh' },
]
const docsAtMostBytes = 400 * 1024

/** The map takes its time where no graphics processor helps, ms. */
const mapMs = 3000

/** A wall of several screens is shown at half its size, or nothing of it fits a page. */
const docsAtMostPx = 3840

/** The picture that a page shows, no wider than `docsAtMostPx`, on a page that shows nothing else. */
const halved = async (browser: Browser, shown: Page): Promise<Page> => {
  const { width, height } = shown.viewportSize()!
  const png = (await shown.screenshot({ timeout: 120_000 })).toString('base64')
  const page = await browser.newPage({
    viewport: { width: docsAtMostPx, height: Math.round((docsAtMostPx * height) / width) },
  })
  await page.setContent(
    `<body style="margin:0"><img style="display:block;width:100%" src="data:image/png;base64,${png}">`,
  )
  await page.locator('img').evaluate((image: HTMLImageElement) => image.decode())
  return page
}

/** As a JPEG, as good as it can be within the room that it may take. */
const jpegOf = async (page: Page): Promise<Buffer> => {
  for (const quality of [92, 86, 80, 72, 64, 56]) {
    const picture = await page.screenshot({ type: 'jpeg', quality })
    if (picture.length <= docsAtMostBytes) return picture
  }
  throw new Error(`no picture of ${page.url()} within ${docsAtMostBytes} bytes`)
}

const take = async (browser: Browser, siteUrl: string, shot: Shot, isJpeg: boolean) => {
  const [widthPx, heightPx] = shot.size
  const lang = shot.lang === 'zh' ? 'zh-CN' : 'en'
  const wall = await openWall(browser, addressOf(siteUrl, shot), { widthPx, heightPx, lang })
  await settledWall(wall.page)
  await sleep(mapMs)
  const picture = isJpeg
    ? await jpegOf(widthPx > docsAtMostPx ? await halved(browser, wall.page) : wall.page)
    : await wall.page.screenshot({ timeout: 120_000 })
  wall.assertNoErrors()
  await wall.close()
  return picture
}

const usage = `npm run pictures -- [FOLDER] [--only TEXT] [--docs]
  Pictures of the built gallery: each scene of the wall at each size, quiet and flood, zh and en,
  as PNG into FOLDER (pictures/). --only takes those whose name has TEXT: overview-3840x1080-quiet-zh.
  --docs writes the six of docs/pictures/ instead, as JPEG of at most 400 KB.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    docs: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) console.log(usage)
else {
  const folder = resolve(positionals[0] ?? (values.docs ? 'docs/pictures' : 'pictures'))
  const shots = (values.docs ? docs : every).filter(({ name }) => name.includes(values.only))
  if (shots.length === 0) throw new Error(`no picture has "${values.only}" in its name`)
  mkdirSync(folder, { recursive: true })
  const site = await openStaticSite()
  const browser = await launchBrowser()
  for (const shot of shots) {
    const picture = await take(browser, site.url, shot, values.docs)
    const file = join(folder, `${shot.name}.${values.docs ? 'jpg' : 'png'}`)
    writeFileSync(file, picture)
    console.log(`${file} ${Math.round(picture.length / 1024)} KB`)
  }
  await browser.close()
  site.close()
}
