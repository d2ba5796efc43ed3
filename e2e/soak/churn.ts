import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

const times = 100
const sizes = [
  { width: 3840, height: 1080 },
  { width: 1920, height: 1080 },
]

const scenes = 6

/** Goes through all scenes of a wall and back to the first, each drawn once. */
export const walkScenes = async (page: Page): Promise<void> => {
  for (let n = 1; n <= scenes; n++) {
    await page.keyboard.press(`Digit${(n % scenes) + 1}`)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  }
}

/**
 * What people do to a wall in a year: another size, layers off and on, every scene, a hundred times each, or as often as there is
 * time for; it ends as it began. How often it was.
 */
export const churn = async (page: Page, withinMs: number): Promise<number> => {
  const endMs = performance.now() + withinMs
  // not by a locator, which would bring listeners of its own
  const layers = await page.evaluate(() => document.querySelectorAll('[data-layer]').length)
  let done = 0
  while (done < times && performance.now() < endMs) {
    for (const size of sizes) {
      await page.setViewportSize(size)
      await page.keyboard.press(`Shift+Digit${(done % layers) + 1}`)
    }
    await walkScenes(page)
    done += 1
  }
  // what is drawn for the last size, and what is let go of the one before
  await sleep(3000)
  return done
}
