import type { Page } from 'playwright-core'

/**
 * How often each text stands in what the page holds in memory, after a forced collection: everything that JavaScript
 * can still reach, and the text of the page.
 */
export const heldTexts = async (
  page: Page,
  texts: readonly string[],
): Promise<Map<string, number>> => {
  const session = await page.context().newCDPSession(page)
  const counts = new Map(texts.map((text) => [text, 0]))
  const longest = Math.max(...texts.map(({ length }) => length))
  let tail = ''
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    const piece = tail + chunk
    for (const text of texts) {
      // one that ends within the tail was counted with the piece before
      for (let at = piece.indexOf(text); at !== -1; at = piece.indexOf(text, at + 1))
        if (at + text.length > tail.length) counts.set(text, counts.get(text)! + 1)
    }
    tail = piece.slice(1 - longest)
  })
  await session.send('HeapProfiler.enable')
  for (let n = 0; n < 2; n++) await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return counts
}
