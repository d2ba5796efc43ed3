import type { Page } from 'playwright-core'

/**
 * Asks how much processor time the main thread of a page has used, ms. What other threads and programs do does not
 * count, nor does waiting for a picture.
 */
export const threadMsOf = async (page: Page): Promise<() => Promise<number>> => {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN)
  }
}
