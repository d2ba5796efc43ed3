import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumMissing, findChromium } from '../tools/chromium.ts'

const args = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** What Playwright adds, so that no page is ever slowed down. */
const kept = [
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
]

/**
 * A browser of its own, in a folder of its own that goes with it. Throws where there is no Chromium. With a port, it
 * treats tabs in the background as a user's would, and `openBareTab` can open some.
 */
export const launchBrowser = async (port?: number): Promise<Browser> => {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(chromiumMissing())
  return chromium.launch({
    executablePath,
    headless: true,
    args: port === undefined ? args : [...args, `--remote-debugging-port=${port}`],
    ignoreDefaultArgs: port === undefined ? [] : kept,
  })
}

/** A wall in a browser, and what went wrong on it so far. */
export interface OpenWall {
  page: Page
  /** console errors, uncaught errors and requests to elsewhere, in order */
  faults: readonly string[]
  /** Throws when anything went wrong, but for what `except` matches (a socket that the test dropped). */
  assertNoErrors(except?: RegExp): void
  close(): Promise<void>
}

/** Opens a wall at a size in real pixels; what it asks of any other origin is refused and kept as a fault. `before` comes first. */
export const openWall = async (
  browser: Browser,
  url: string,
  size: { widthPx: number; heightPx: number; lang: 'zh-CN' | 'en' },
  before: (page: Page) => Promise<unknown> = async () => {},
  scale = 1,
): Promise<OpenWall> => {
  const faults: string[] = []
  const { host } = new URL(url)
  const leaves = (to: URL) => /^(http|ws)s?:$/.test(to.protocol) && to.host !== host
  const context = await browser.newContext({
    viewport: {
      width: Math.round(size.widthPx / scale),
      height: Math.round(size.heightPx / scale),
    },
    deviceScaleFactor: scale,
    locale: size.lang,
    timezoneId: 'Asia/Shanghai',
  })
  await context.route(leaves, (route) => {
    faults.push(`request to elsewhere: ${route.request().url()}`)
    return route.abort()
  })
  // a page on a busy machine without a graphics processor takes its time
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  page.on('websocket', (socket) => {
    if (leaves(new URL(socket.url()))) faults.push(`socket to elsewhere: ${socket.url()}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`))
  page.on('crash', () => faults.push('the page crashed'))
  await before(page)
  await page.goto(url)
  return {
    page,
    faults,
    assertNoErrors(except) {
      const left = faults.filter((fault) => !except?.test(fault))
      if (left.length > 0) throw new Error(`on the wall:\n${left.join('\n')}`)
    },
    close: () => context.close(),
  }
}
