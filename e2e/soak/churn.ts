import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

const times = 100
const sizes = [
  { width: 3840, height: 1080 },
  { width: 1920, height: 1080 },
]

/** What people do to a wall in a year: another size, layers off and on, a hundred times each; it ends as it began. */
export const churn = async (page: Page): Promise<void> => {
  const layers = await page.locator('[data-layer]').count()
  for (let n = 0; n < times; n++) {
    await page.setViewportSize(sizes[n % sizes.length]!)
    for (let turn = 0; turn < 2; turn++) await page.keyboard.press(String((n % layers) + 1))
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  }
  // what is drawn for the last size, and what is let go of the one before
  await sleep(3000)
}
